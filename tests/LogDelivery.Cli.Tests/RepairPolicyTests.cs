using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class RepairPolicyTests
{
    private static readonly string[] Delivery =
    [
        "--source", "VpcFlowLogs", "--bucket", "amzn-s3-demo-perimeter-logs", "--account", "111122223333", "--region", "us-east-1",
    ];

    [Fact]
    public void The_repaired_document_passes_the_test()
    {
        using var repaired = new TemporaryFile();
        var repair = CliRun.Of(["repair-policy", .. Delivery, "--policy", CliRun.Sample("org-perimeter.json"), "--narrow-denies", "--out", repaired.Path]);
        Assert.Equal(ExitCode.Ok, repair.ExitCode);
        Assert.Contains("0 in excess", repair.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, CliRun.Of(["test-policy", .. Delivery, "--policy", repaired.Path]).ExitCode);
    }

    [Fact]
    public void A_repaired_document_is_left_alone()
    {
        using var once = new TemporaryFile();
        using var twice = new TemporaryFile();
        CliRun.Of(["repair-policy", .. Delivery, "--policy", CliRun.Sample("org-perimeter.json"), "--narrow-denies", "--out", once.Path]);
        var again = CliRun.Of(["repair-policy", .. Delivery, "--policy", once.Path, "--narrow-denies", "--out", twice.Path]);
        Assert.Equal(ExitCode.Ok, again.ExitCode);
        Assert.Contains("needs no change", again.Output, StringComparison.Ordinal);
        Assert.Equal(once.Text, twice.Text);
    }

    [Fact]
    public void A_deny_is_not_narrowed_without_permission()
    {
        using var file = new TemporaryFile();
        var run = CliRun.Of(["repair-policy", .. Delivery, "--policy", CliRun.Sample("org-perimeter.json"), "--out", file.Path]);
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("--narrow-denies", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(CliRun.Sample("org-perimeter.json")), file.Text);
    }

    [Fact]
    public void Standard_output_carries_the_document_alone_when_it_is_the_target()
    {
        var run = CliRun.Of(["repair-policy", .. Delivery, "--policy", CliRun.Sample("flow-logs-removed.json"), "--out", "-"]);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(4, PolicyDocument.Parse(run.Output, PolicyKind.Bucket).Statements.Count);
        Assert.Contains("Proof:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_carries_the_plan_and_its_certificate()
    {
        var plan = Assert.Single(CliRun.Of(["repair-policy", .. Delivery, "--policy", CliRun.Sample("org-perimeter.json"), "--narrow-denies", "--output", "json"]).JsonLines);
        Assert.True(plan.GetProperty("Succeeds").GetBoolean());
        Assert.Equal(0, plan.GetProperty("Certificate").GetProperty("Excess").GetInt64());
        Assert.True(plan.GetProperty("Certificate").GetProperty("IsValid").GetBoolean());
        Assert.Contains("config.amazonaws.com", plan.GetProperty("Rejected")[0].GetProperty("Witness").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_policy_is_repaired_beside_the_buckets()
    {
        using var bucket = new TemporaryFile();
        using var key = new TemporaryFile();
        string[] trail =
        [
            "--source", "CloudTrail", "--bucket", "amzn-s3-demo-encrypted-logs", "--account", "111122223333", "--region", "us-east-1",
            "--trail-arn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization",
            "--kms-key-arn", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ];
        string[] broken = ["--policy", CliRun.Sample("encrypted-trail.json"), "--key-policy", CliRun.Sample("encrypted-trail-key.json")];
        Assert.Equal(ExitCode.Wrong, CliRun.Of(["test-policy", .. trail, .. broken]).ExitCode);
        Assert.Equal(ExitCode.Ok, CliRun.Of(["repair-policy", .. trail, .. broken, "--out", bucket.Path, "--key-out", key.Path]).ExitCode);
        Assert.Equal(ExitCode.Ok, CliRun.Of(["test-policy", .. trail, "--policy", bucket.Path, "--key-policy", key.Path]).ExitCode);
    }

    [Fact]
    public void New_policy_passes_the_test()
    {
        using var file = new TemporaryFile(CliRun.Of(["new-policy", .. Delivery]).Output);
        Assert.Equal(ExitCode.Ok, CliRun.Of(["test-policy", .. Delivery, "--policy", file.Path]).ExitCode);
    }
}
