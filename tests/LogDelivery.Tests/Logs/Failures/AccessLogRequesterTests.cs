using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Sources;
using LogDelivery.Tests.Logs.AccessLogs;
using Xunit;

namespace LogDelivery.Tests.Logs;

/// <summary>Who is a delivery source by the requester of an access log, and who is passed over.</summary>
public sealed class AccessLogRequesterTests
{
    public static TheoryData<string> Deliverers()
    {
        var requesters = new TheoryData<string> { "svc:delivery.logs.amazonaws.com", "svc:logs.eu-west-1.amazonaws.com", SourceCatalog.Find("CloudFrontLegacy")!.Principal! };
        foreach (var account in ElbAccounts.Table.All.Values.Concat(CloudTrailAccounts.Table.All.Values).Concat(RedshiftAccounts.Table.All.Values))
        {
            requesters.Add(account);
            requesters.Add($"arn:aws:iam::{account}:root");
            requesters.Add($"arn:aws-us-gov:sts::{account}:assumed-role/delivery/session");
        }

        return requesters;
    }

    [Theory]
    [MemberData(nameof(Deliverers))]
    public void DeliverersAreFound(string requester)
        => Assert.Equal("AccessDenied", Assert.Single(Scan(requester)).ErrorCode);

    [Theory]
    [InlineData("-")]
    [InlineData("AmazonS3")]
    [InlineData("111122223333")]
    [InlineData("arn:aws:iam::111122223333:user/127311923021")]
    [InlineData("arn:aws:iam::27311923021:root")]
    [InlineData("arn:aws:iam:")]
    [InlineData("arn:aws:iam::127311923021")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/svc:delivery.logs.amazonaws.com/x")]
    [InlineData("79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be")]
    public void OthersAreNot(string requester) => Assert.Empty(Scan(requester));

    private static DeliveryFailure[] Scan(string requester)
    {
        var line = AccessLogLines.FailedDelivery().Replace("svc:delivery.logs.amazonaws.com", requester, StringComparison.Ordinal);
        var tally = new ReadTally();
        DeliveryFailure[] failures = [.. new FailureScan(new(), tally).Run([new MemoryObject($"{AccessLogLines.Clear}\n{line}\n{AccessLogLines.Clear}\n")])];
        Assert.Empty(tally.Damages);
        Assert.Equal(3, tally.Records);
        return failures;
    }
}
