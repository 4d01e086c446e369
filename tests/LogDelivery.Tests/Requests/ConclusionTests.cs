using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Logs.Files;
using LogDelivery.Policies;
using LogDelivery.Requests;
using Xunit;

namespace LogDelivery.Tests.Requests;

/// <summary>What an answer comes to as a whole.</summary>
public class ConclusionTests
{
    [Theory]
    [InlineData(Outcome.CouldNotTell)]
    [InlineData(Outcome.Well, Outcome.Well)]
    [InlineData(Outcome.CouldNotTell, Outcome.Well, Outcome.CouldNotTell)]
    [InlineData(Outcome.Wrong, Outcome.Well, Outcome.CouldNotTell, Outcome.Wrong)]
    [InlineData(Outcome.Refused, Outcome.Wrong, Outcome.Refused)]
    public void The_worst_counts_and_nothing_is_not_well(object expected, params object[] outcomes)
    {
        var conclusion = new Conclusion();
        Array.ForEach(outcomes, o => conclusion.Add((Outcome)o));
        Assert.Equal((Outcome)expected, conclusion.Outcome);
        Assert.Equal((Outcome)expected == Outcome.Well, conclusion.IsWell);
        Assert.Equal(outcomes.Length == 0, conclusion.IsEmpty);
    }

    [Fact]
    public void Logs_that_were_not_read_to_their_end_tell_no_whole_list()
    {
        var tally = new ReadTally();
        tally.AddFound();
        tally.AddRead();
        var conclusion = new Conclusion();
        conclusion.Add(Outcome.Wrong);
        Assert.Null(conclusion.Add(tally));
        Assert.Equal(Outcome.Wrong, conclusion.Outcome);
        conclusion.Add(new ReadDamage("x", null, DamageKind.Truncated, "It ends too early."));
        Assert.Equal(Outcome.CouldNotTell, conclusion.Outcome);
    }

    [Fact]
    public void Logs_of_which_none_was_read_tell_nothing()
    {
        var tally = new ReadTally();
        Assert.Contains("No file was found", new Conclusion().Add(tally), StringComparison.Ordinal);
        tally.AddFound();
        tally.AddSkipped();
        var conclusion = new Conclusion();
        Assert.Contains("skipped", conclusion.Add(tally), StringComparison.Ordinal);
        Assert.Equal(Outcome.CouldNotTell, conclusion.Outcome);
    }

    [Theory]
    [InlineData(TrailDeliveryState.Healthy, false, Outcome.Well)]
    [InlineData(TrailDeliveryState.Healthy, true, Outcome.Well)]
    [InlineData(TrailDeliveryState.Stale, false, Outcome.Wrong)]
    [InlineData(TrailDeliveryState.Stopped, false, Outcome.Wrong)]
    [InlineData(TrailDeliveryState.NeverDelivered, false, Outcome.CouldNotTell)]
    [InlineData(TrailDeliveryState.NeverDelivered, true, Outcome.Wrong)]
    [InlineData(TrailDeliveryState.Unknown, true, Outcome.CouldNotTell)]
    public void A_trail_is_wrong_when_it_does_not_deliver_or_is_refused(TrailDeliveryState state, bool isRefused, object expected)
        => Assert.Equal((Outcome)expected, Outcomes.Of(new TrailDeliveryHealth { StateValue = state, Cause = [.. isRefused ? Refused : []] }));

    private static IReadOnlyList<Finding> Refused
    {
        get
        {
            var delivery = new DeliveryRequest { BucketName = "amzn-s3-demo-bucket", SourceArns = ["arn:aws:cloudtrail:us-east-1:111122223333:trail/main"] }.Resolve().Items[0];
            var findings = PolicyTest.Run(delivery, PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":[]}""", PolicyKind.Bucket)).AllFindings;
            Assert.Contains(findings, f => f.SeverityValue == FindingSeverity.Blocks);
            return findings;
        }
    }

    [Theory]
    [InlineData(AwsErrorKind.Invalid, "NoRegion", Outcome.Refused)]
    [InlineData(AwsErrorKind.NotFound, "TrailNotFound", Outcome.CouldNotTell)]
    [InlineData(AwsErrorKind.NotFound, "StreamNotFound", Outcome.Wrong)]
    [InlineData(AwsErrorKind.AccessDenied, "AccessDenied", Outcome.CouldNotTell)]
    public void A_call_that_failed_tells_little(object kind, string code, object expected)
        => Assert.Equal((Outcome)expected, Outcomes.Of(new AwsCallException((AwsErrorKind)kind, code, code)));

    [Fact]
    public void The_documents_of_a_repair_count_where_deliveries_depend_on_them()
    {
        var record = new PolicyRepairRecord { OutcomeValue = PolicyRepairOutcome.Repaired, IsLetIn = true };
        Assert.Equal(Outcome.Well, Outcomes.Of(record));
        Assert.Equal(Outcome.CouldNotTell, Outcomes.Of(record with { IsLetIn = null }));
        Assert.Equal(Outcome.CouldNotTell, Outcomes.Of(record with { HasDelivered = false }));
        Assert.Equal(Outcome.Wrong, Outcomes.Of(record with { IsLetIn = false }));
        Assert.Equal(Outcome.Wrong, Outcomes.Of(record with { OutcomeValue = PolicyRepairOutcome.Planned }));
        Assert.Equal(Outcome.Well, Outcomes.Of(record with { OutcomeValue = PolicyRepairOutcome.NotAskedFor, TargetValue = LogDelivery.Sources.PolicyTarget.Topic, IsLetIn = false }));
        Assert.Equal(Outcome.Well, Outcomes.OfRestore(record with { OutcomeValue = PolicyRepairOutcome.NothingToDo, IsLetIn = null }));
    }
}
