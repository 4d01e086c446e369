using System.Text.Json.Nodes;
using LogDelivery.Logs.Failures;
using Xunit;

namespace LogDelivery.Tests.Logs;

public sealed class FailureSummaryTests
{
    [Fact]
    public void FailuresAreGroupedByBucketSourceAndError()
    {
        var summary = Summarize(
            EventText.Delivery(time: "2026-01-31T10:00:00Z"),
            EventText.Delivery(time: "2026-01-31T12:00:00Z"),
            EventText.Delivery(time: "2026-01-31T11:00:00Z"),
            EventText.Delivery(time: "2026-01-31T09:00:00Z", error: "NoSuchBucket"),
            EventText.Delivery(time: "2026-01-31T08:00:00Z", bucket: "amzn-s3-demo-bucket2"));
        Assert.Equal([3, 1, 1], summary.Select(s => s.Attempts));
        Assert.Equal((10, 12, "AccessDenied", "VpcFlowLogs"), (summary[0].FirstTime.Hour, summary[0].LastTime.Hour, summary[0].ErrorCode, summary[0].Source));
        Assert.All(summary, s => Assert.Equal(DeliveryRecovery.StillFailing, s.RecoveryValue));
    }

    [Fact]
    public void OnlyALaterSuccessOfTheSameDeliveryIsRecovery()
    {
        var failure = EventText.Delivery(time: "2026-01-31T10:00:00Z");
        Assert.Equal(DeliveryRecovery.Recovered, Recovery(failure, EventText.Delivery(error: null, time: "2026-01-31T11:00:00Z")));
        Assert.Equal(DeliveryRecovery.StillFailing, Recovery(failure, EventText.Delivery(error: null, time: "2026-01-31T09:00:00Z")));
        Assert.Equal(DeliveryRecovery.StillFailing, Recovery(failure, EventText.Delivery(error: null, time: "2026-01-31T11:00:00Z", bucket: "amzn-s3-demo-bucket2")));
        Assert.Equal(DeliveryRecovery.StillFailing, Recovery(failure, EventText.Delivery(error: null, time: "2026-01-31T11:00:00Z", key: EventText.FlowLogKey.Replace("111122223333", "777788889999", StringComparison.Ordinal))));
        Assert.Equal(DeliveryRecovery.StillFailing, Recovery(failure, EventText.Delivery(error: null, time: "2026-01-31T11:00:00Z", key: EventText.FlowLogKey.Replace("vpcflowlogs", "WAFLogs", StringComparison.Ordinal))));
    }

    [Fact]
    public void OneOfTwoAccountsMayRecoverAlone()
    {
        var other = EventText.FlowLogKey.Replace("111122223333", "777788889999", StringComparison.Ordinal);
        var summary = Assert.Single(Summarize(
            EventText.Delivery(time: "2026-01-31T10:00:00Z"),
            EventText.Delivery(time: "2026-01-31T10:00:00Z", key: other),
            EventText.Delivery(error: null, time: "2026-01-31T11:00:00Z", key: other)));
        Assert.Equal(DeliveryRecovery.PartlyRecovered, summary.RecoveryValue);
        Assert.Equal(["111122223333", "777788889999"], summary.AccountIds);
    }

    [Fact]
    public void AnAttemptThatBothKindsOfLogHaveCountsOnce()
    {
        var line = $"owner amzn-s3-demo-bucket [31/Jan/2026:23:55:01 +0000] - svc:delivery.logs.amazonaws.com EXAMPLE123456789 REST.PUT.OBJECT {EventText.FlowLogKey} \"PUT /x HTTP/1.1\" 403 AccessDenied 243 - 21 9 \"-\" \"-\" - HOSTID= SigV4 - AuthHeader host TLSv1.2 - -";
        var summary = Assert.Single(Summarize(new MemoryObject(EventText.File(EventText.Delivery())), new MemoryObject(line)));
        Assert.Equal(1, summary.Attempts);
    }

    private static DeliveryRecovery Recovery(params JsonObject[] records)
        => Assert.Single(Summarize([.. records.Select(r => r.DeepClone().AsObject())])).RecoveryValue;

    private static IReadOnlyList<DeliveryFailureSummary> Summarize(params JsonObject[] records) => Summarize(new MemoryObject(EventText.File(records)));

    private static IReadOnlyList<DeliveryFailureSummary> Summarize(params MemoryObject[] files)
    {
        var successes = new DeliverySuccesses();
        var summarizer = new FailureSummarizer(successes);
        foreach (var failure in new FailureScan(new(), new(), successes).Run(files, null, TestContext.Current.CancellationToken))
        {
            summarizer.Add(failure);
        }

        return summarizer.Finish();
    }
}
