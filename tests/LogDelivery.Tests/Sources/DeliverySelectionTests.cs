using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

public class DeliverySelectionTests
{
    private const string Trail = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";

    [Fact]
    public void An_ARN_goes_to_the_source_and_account_that_it_names()
    {
        var deliveries = new DeliverySelection
        {
            Sources = ["CloudTrail", "Macie", "RedshiftAudit"],
            Accounts = [Sample.Account, Sample.OtherAccount],
            Region = "eu-west-1",
            SourceArns = [Trail, "arn:aws:macie2:eu-west-1:999900001111:classification-job/1"],
            BucketName = "amzn-s3-demo-bucket",
        }.ToDeliveries();
        Assert.Equal(
            [
                ("CloudTrail", Sample.Account, Trail),
                ("CloudTrail", Sample.OtherAccount, null),
                ("Macie", Sample.Account, null),
                ("Macie", Sample.OtherAccount, "arn:aws:macie2:eu-west-1:999900001111:classification-job/1"),
                ("RedshiftAudit", Sample.Account, null),
                ("RedshiftAudit", Sample.OtherAccount, null),
            ],
            deliveries.Select(d => (d.Source.Id, d.AccountId, d.SourceArn)));
    }

    [Fact]
    public void An_ARN_of_no_given_source_is_refused()
    {
        var selection = new DeliverySelection { Sources = ["SpotDataFeed"], Accounts = [Sample.Account], Region = "eu-west-1", SourceArns = [Trail], BucketName = "amzn-s3-demo-bucket" };
        Assert.Contains(Trail, Assert.Throws<InvalidDeliveryException>(selection.ToDeliveries).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CloudFrontV2", "us-east-1")]
    [InlineData("GlobalAccelerator", "us-west-2")]
    public void A_source_with_one_control_plane_needs_no_Region(string id, string region)
    {
        var selection = new DeliverySelection { Sources = [id], Accounts = [Sample.Account], BucketName = "amzn-s3-demo-bucket" };
        Assert.Equal(region, Assert.Single(selection.ToDeliveries()).Region);
        Assert.Throws<InvalidDeliveryException>((selection with { Sources = ["VpcFlowLogs"] }).ToDeliveries);
    }

    [Fact]
    public void Layout_options_reach_the_delivery()
    {
        var selection = new DeliverySelection { Sources = ["S3AccessLogs"], Accounts = [Sample.Account], Region = "eu-west-1", BucketName = "amzn-s3-demo-bucket", PartitionedPrefix = true, HiveCompatiblePartitions = true };
        var delivery = Assert.Single(selection.ToDeliveries());
        Assert.True(delivery.PartitionedPrefix && delivery.HiveCompatiblePartitions);
    }
}
