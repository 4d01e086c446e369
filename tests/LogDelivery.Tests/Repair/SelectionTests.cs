using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>Several sources and accounts at once: as people name them, and a statement for each.</summary>
public class SelectionTests
{
    private const string FirstTrail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
    private const string SecondTrail = "arn:aws:cloudtrail:eu-west-1:444455556666:trail/main";

    [Fact]
    public void Every_account_gets_a_statement_of_its_own()
    {
        var deliveries = Select(["VpcFlowLogs"], accounts: [Situation.Account, Situation.OtherAccount], region: "us-east-1").ToDeliveries();
        Assert.Equal([Situation.Account, Situation.OtherAccount], deliveries.Select(d => d.AccountId));
        var plan = PolicyRepair.Plan(PolicyDocument.Empty(), PolicyTarget.Bucket, deliveries);
        Assert.True(plan.Succeeds);
        Assert.Equal(4, plan.Edits.Count);
        Assert.Equal(plan.After.Statements.Count, plan.After.Statements.Select(s => s.Sid).Distinct().Count());
        Assert.All(plan.After.Statements, s => Assert.Single(s.Conditions.Single(c => c.Key == "aws:SourceAccount").Values));
        Assert.All(deliveries, d => Assert.True(PolicyTest.Run(d, plan.After).Passes));

        // Neither account may write into the folder of the other.
        foreach (var (delivery, other) in deliveries.Zip(deliveries.Reverse()))
        {
            foreach (var call in delivery.Source.GetRequiredCalls(delivery).Where(c => !c.IsOptional && c.Request.Action == "s3:PutObject"))
            {
                var foreign = new PolicyRequest(call.Request.Principal, call.Request.Action, call.Request.Resource.Replace(delivery.AccountId, other.AccountId, StringComparison.Ordinal), call.Request.Context);
                Assert.Equal(Verdict.ImplicitDeny, plan.After.Evaluate(foreign).Verdict);
            }
        }
    }

    [Fact]
    public void Sources_times_accounts_are_repaired_in_one_plan()
    {
        string[] ids = ["CloudTrail", "VpcFlowLogs", "AlbAccessLogs", "Config"];
        var deliveries = Select(ids, accounts: [Situation.Account, Situation.OtherAccount], region: "us-east-1", arns: [FirstTrail, SecondTrail]).ToDeliveries();
        Assert.Equal(8, deliveries.Count);
        Assert.Equal([FirstTrail, SecondTrail], deliveries.Where(d => d.Source.Id == "CloudTrail").Select(d => d.SourceArn));
        Assert.All(deliveries.Where(d => d.Source.Id != "CloudTrail"), d => Assert.Null(d.SourceArn));
        var plan = PolicyRepair.Plan(PolicyDocument.Empty(), PolicyTarget.Bucket, deliveries);
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.All(deliveries, d => Assert.False(PolicyTest.Run(d, plan.After).Blocks));
        Assert.Equal(0, plan.Certificate.Excess);
        Assert.Equal(plan.After.Text, PolicyRepair.Plan(plan.After, PolicyTarget.Bucket, deliveries).After.Text);
    }

    [Fact]
    public void A_new_policy_holds_just_what_the_deliveries_need()
    {
        var deliveries = Select(["CloudTrail", "AlbAccessLogs"], accounts: [Situation.Account], region: "us-east-1", arns: [FirstTrail]).ToDeliveries();
        var created = PolicyRepair.Create(PolicyTarget.Bucket, deliveries);
        Assert.False(PolicyRepair.Plan(created, PolicyTarget.Bucket, deliveries).HasChanges);
        var certificate = RepairProof.Prove(PolicyDocument.Empty(), created, Situation.Needed(deliveries, PolicyTarget.Bucket), Situation.Resources(deliveries[0], PolicyTarget.Bucket));
        Assert.True(certificate.IsValid);
        Assert.EndsWith("\n", created.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_and_regions_are_taken_from_the_arns()
    {
        var deliveries = Select(["CloudTrail"], arns: [FirstTrail, SecondTrail]).ToDeliveries();
        Assert.Equal([(Situation.Account, "us-east-1", FirstTrail), (Situation.OtherAccount, "eu-west-1", SecondTrail)], deliveries.Select(d => (d.AccountId, d.Region, d.SourceArn!)));
    }

    [Fact]
    public void Two_trails_of_an_account_are_two_deliveries()
    {
        var second = FirstTrail.Replace("main", "second", StringComparison.Ordinal);
        Assert.Equal([FirstTrail, second], Select(["cloudtrail"], arns: [FirstTrail, second]).ToDeliveries().Select(d => d.SourceArn));
    }

    [Fact]
    public void The_arn_of_a_bucket_names_no_account()
    {
        var deliveries = Select(["S3AccessLogs"], accounts: [Situation.Account], region: "us-east-1", arns: ["arn:aws:s3:::amzn-s3-demo-source"]).ToDeliveries();
        Assert.Equal("arn:aws:s3:::amzn-s3-demo-source", Assert.Single(deliveries).SourceArn);
    }

    [Theory]
    [InlineData("CloudTrial", "CloudTrail")]
    [InlineData("VpcFlowLog", "VpcFlowLogs")]
    public void A_misspelt_source_is_answered_with_the_one_meant(string id, string meant)
    {
        var exception = Assert.Throws<InvalidDeliveryException>(() => Select([id], accounts: [Situation.Account], region: "us-east-1").ToDeliveries());
        Assert.Contains($"'{id}' is no delivery source. Did you mean \"{meant}\"?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_arn_that_belongs_to_nothing_given_is_refused()
    {
        var exception = Assert.Throws<InvalidDeliveryException>(() => Select(["CloudTrail"], accounts: [Situation.Account], arns: [FirstTrail, SecondTrail]).ToDeliveries());
        Assert.Contains($"'{SecondTrail}' belongs to none of the given sources and accounts", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<InvalidDeliveryException>(() => Select(["VpcFlowLogs"], accounts: [Situation.Account], region: "us-east-1", arns: [FirstTrail]).ToDeliveries());
        Assert.Contains(FirstTrail, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_asked_for()
    {
        Assert.Contains("No source is given", Assert.Throws<InvalidDeliveryException>(() => Select([]).ToDeliveries()).Message, StringComparison.Ordinal);
        Assert.Contains("Give the account id of VpcFlowLogs", Assert.Throws<InvalidDeliveryException>(() => Select(["VpcFlowLogs"], region: "us-east-1").ToDeliveries()).Message, StringComparison.Ordinal);
        Assert.Contains("Give the Region of VpcFlowLogs", Assert.Throws<InvalidDeliveryException>(() => Select(["VpcFlowLogs"], accounts: [Situation.Account]).ToDeliveries()).Message, StringComparison.Ordinal);
        Assert.Contains("'1111' is no account id", Assert.Throws<InvalidDeliveryException>(() => Select(["VpcFlowLogs"], accounts: ["1111"], region: "us-east-1").ToDeliveries()).Message, StringComparison.Ordinal);
    }

    private static DeliverySelection Select(string[] sources, string[]? accounts = null, string? region = null, string[]? arns = null) => new()
    {
        Sources = sources,
        Accounts = accounts ?? [],
        Region = region,
        SourceArns = arns ?? [],
        BucketName = Situation.Bucket,
    };
}
