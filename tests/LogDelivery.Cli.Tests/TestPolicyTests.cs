using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class TestPolicyTests
{
    private const string Account = "111122223333";
    private const string NewTrail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization";
    private const string OldTrail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management";

    private static CliRun Run(string trail, params string[] more) => CliRun.Of(
    [
        "test-policy", "--source", "CloudTrail", "--bucket", "amzn-s3-demo-trail-logs", "--account", Account, "--region", "us-east-1",
        "--trail-arn", trail, "--policy", CliRun.Sample("renamed-trail.json"), .. more,
    ]);

    [Fact]
    public void A_policy_that_lets_everything_in_exits_with_0()
    {
        var run = Run(OldTrail);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("4 of 4 required calls are allowed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_stops_a_call_exits_with_1_and_names_the_cause()
    {
        var run = Run(NewTrail);
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("Deliveries are refused: 0 of 4", run.Output, StringComparison.Ordinal);
        Assert.Contains("LD", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_one_row_per_call_with_the_agreed_names()
    {
        var rows = Run(NewTrail, "--output", "json").JsonLines;
        Assert.Equal(4, rows.Count);
        string[] names = ["Source", "Call", "Principal", "Resource", "Verdict", "StatementIndex", "Sid", "Reason", "Findings"];
        Assert.All(rows, row => Assert.All(names, name => Assert.True(row.TryGetProperty(name, out _), name)));
        Assert.All(rows, row => Assert.Equal("ImplicitDeny", row.GetProperty("Verdict").GetString()));
        Assert.Contains(rows, row => row.GetProperty("Findings").EnumerateArray().Any());
    }

    [Fact]
    public void An_allowed_row_names_the_deciding_statement()
    {
        var row = Run(OldTrail, "--output", "json").JsonLines[1];
        Assert.Equal("Allowed", row.GetProperty("Verdict").GetString());
        Assert.Equal(1, row.GetProperty("StatementIndex").GetInt32());
        Assert.Equal("AWSCloudTrailWrite20150319", row.GetProperty("Sid").GetString());
    }

    [Fact]
    public void Without_the_trails_arn_the_answer_is_unknown_and_exits_with_3()
    {
        var run = CliRun.Of(
            "test-policy", "--source", "CloudTrail", "--bucket", "amzn-s3-demo-trail-logs", "--account", Account, "--region", "us-east-1",
            "--policy", CliRun.Sample("renamed-trail.json"), "--output", "json");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.All(run.JsonLines, row => Assert.Contains("aws:SourceArn", row.GetProperty("Reason").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}]}""", "Statement[0].Action")]
    [InlineData("<Error><Code>NoSuchBucketPolicy</Code></Error>", "NoSuchBucketPolicy")]
    public void A_document_that_cannot_be_read_exits_with_2_and_names_the_file_and_the_place(string document, string place)
    {
        using var file = new TemporaryFile(document);
        var run = CliRun.Of("test-policy", "--source", "CloudTrail", "--bucket", "amzn-s3-demo-trail-logs", "--account", Account, "--region", "us-east-1", "--policy", file.Path);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(file.Path, run.Error, StringComparison.Ordinal);
        Assert.Contains(place, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--source", "CloudTrial", "Did you mean \"CloudTrail\"?")]
    [InlineData("--account", "12", "account id")]
    [InlineData("--bucket", "arn:aws:s3:::amzn-s3-demo-trail-logs", "'amzn-s3-demo-trail-logs'")]
    [InlineData("--region", "virginia", "Region")]
    public void Wrong_values_exit_with_2_and_say_what_to_give(string option, string value, string expected)
    {
        var args = new Dictionary<string, string>
        {
            ["--source"] = "CloudTrail",
            ["--bucket"] = "amzn-s3-demo-trail-logs",
            ["--account"] = Account,
            ["--region"] = "us-east-1",
            ["--policy"] = CliRun.Sample("renamed-trail.json"),
            [option] = value,
        };
        var run = CliRun.Of(["test-policy", .. args.SelectMany(a => new[] { a.Key, a.Value })]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_option_exits_with_2()
    {
        var run = CliRun.Of("test-policy", "--source", "CloudTrail");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--bucket", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sources_and_accounts_are_tested_in_one_call()
    {
        var rows = CliRun.Of(
            "test-policy", "--source", "VpcFlowLogs", "AlbAccessLogs", "--account", Account, "444455556666", "--bucket", "amzn-s3-demo-trail-logs",
            "--region", "us-east-1", "--policy", CliRun.Sample("renamed-trail.json"), "--output", "json").JsonLines;
        var pairs = rows.Select(r => (r.GetProperty("Source").GetString(), r.GetProperty("AccountId").GetString())).Distinct();
        Assert.Equal(4, pairs.Count());
    }
}
