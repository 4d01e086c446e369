using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>A path that came out empty, as of a variable that is not set, is wrong usage wherever one is taken.</summary>
public sealed class EmptyPathTests
{
    private static readonly string[] Delivery =
        ["--source", "CloudTrail", "--bucket", "amzn-s3-demo-trail-logs", "--account", "111122223333", "--region", "us-east-1", "--trail-arn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization"];

    private static readonly string Policy = CliRun.Sample("renamed-trail.json");

    public static TheoryData<string[]> Commands => new(
        ["failures", ""],
        ["failures", " ", Policy],
        ["destinations", ""],
        ["expand", ""],
        ["match", "--pattern", "x", ""],
        ["match", "--pattern", "x", "--events", ""],
        ["test-policy", .. Delivery, "--policy", ""],
        ["test-policy", .. Delivery, "--policy", Policy, "--key-policy", ""],
        ["repair-policy", .. Delivery, "--policy", ""],
        ["repair-policy", .. Delivery, "--policy", Policy, "--out", ""],
        ["compare-policy", Policy, ""],
        ["evaluate", "--policy", Policy, "--requests", ""],
        ["restore-policy", ""],
        ["sandbox", "--scenario", ""],
        ["export-template", "--preset", "TrailDeliveryError", "--out", ""],
        ["new-alarm", "--preset", "TrailDeliveryError", "--log-group", "g", "--dry-run", "--samples", ""]);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Is_wrong_usage(string[] args)
    {
        var run = CliRun.Of(args);
        Assert.True(run.ExitCode == ExitCode.Usage, $"{run.ExitCode}: {run.Output}{run.Error}");
        Assert.NotEmpty(run.Error);
    }
}
