using System.CommandLine;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery demo</c>: five ways in which audit logs stop arriving, each diagnosed, repaired, proven and tested again.</summary>
internal static class DemoCommand
{
    private const string Account = "111122223333";
    private const string Region = "us-east-1";
    private const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization";
    private const string Key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private static readonly Story[] Stories =
    [
        new(
            "The statements of the flow logs are gone",
            "Somebody rewrote the bucket policy for the analysts. The VPC console still says Active.",
            "flow-logs-removed.json",
            null,
            new() { Sources = ["VpcFlowLogs"], Accounts = [Account], Region = Region, BucketName = "amzn-s3-demo-flow-logs" }),
        new(
            "The trail was renamed",
            "The trail 'management' was recreated as 'organization'. IsLogging is true, and no event has arrived since.",
            "renamed-trail.json",
            null,
            new() { Sources = ["CloudTrail"], Accounts = [Account], Region = Region, SourceArns = [Trail], BucketName = "amzn-s3-demo-trail-logs" }),
        new(
            "The organization's perimeter keeps AWS out, too",
            "A deny for everybody outside the organization. A service principal is in no organization.",
            "org-perimeter.json",
            null,
            new() { Sources = ["VpcFlowLogs"], Accounts = [Account], Region = Region, BucketName = "amzn-s3-demo-perimeter-logs" },
            NarrowDenies: true),
        new(
            "The bucket is right, the key is not",
            "The trail was given a KMS key whose policy does not know CloudTrail. S3 reports AccessDenied, as if it were the bucket.",
            "encrypted-trail.json",
            "encrypted-trail-key.json",
            new()
            {
                Sources = ["CloudTrail"],
                Accounts = [Account],
                Region = Region,
                SourceArns = [Trail],
                KmsKeyArn = Key,
                BucketName = "amzn-s3-demo-encrypted-logs",
                Bucket = new() { BucketKeyEnabled = false },
            }),
    ];

    public static Command Create()
    {
        var command = new Command("demo", "Five ways in which audit logs stop arriving: diagnosed, repaired, proven, tested again.");
        command.SetStoppableAction((result, cancel) => RunAsync(result.InvocationConfiguration.Output.AsScreen(), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Screen output, CancellationToken cancel)
    {
        var style = output.Style;
        var passed = Stories.Select((story, index) => Tell(story, index + 1, style, output)).Count(ok => ok);
        passed += await LiveStory.TellAsync(Stories.Length + 1, Sample("scenarios/healthy.json"), style, output, cancel).ConfigureAwait(false) ? 1 : 0;
        var all = Stories.Length + 1;
        output.WriteLine($"{passed} of {all} stories end with every required call allowed and nothing else let in.");
        return passed == all ? ExitCode.Ok : ExitCode.Wrong;
    }

    private static bool Tell(Story story, int number, TerminalStyle style, Screen output)
    {
        var delivery = story.Selection.ToDeliveries()[0];
        var bucket = PolicyDocument.Parse(Sample(story.BucketPolicy), PolicyKind.Bucket);
        var key = story.KeyPolicy is null ? null : PolicyDocument.Parse(Sample(story.KeyPolicy), PolicyKind.Key);

        output.WriteLine(style.Heading($"{number}. {story.Title}"));
        output.WriteLine($"   {story.Situation}");
        output.WriteLine(style.Dim($"   {delivery}, samples/{story.KeyPolicy ?? story.BucketPolicy}"));
        output.WriteLine();
        var before = PolicyTest.Run(delivery, bucket, key);
        foreach (var finding in before.AllFindings.Where(f => f.SeverityValue == FindingSeverity.Blocks))
        {
            output.WriteLine($"   {style.Bad("Blocks")} {finding.Id} {finding.Title}");
            output.WriteLine($"   {finding.Evidence}");
        }

        output.WriteLine();
        var options = new RepairOptions { NarrowDenies = story.NarrowDenies };
        var bucketPlan = PolicyRepair.Plan(bucket, PolicyTarget.Bucket, [delivery], options);
        var keyPlan = key is null ? null : PolicyRepair.Plan(key, PolicyTarget.Key, [delivery], options);
        foreach (var plan in new[] { bucketPlan, keyPlan }.OfType<RepairPlan>().Where(p => p.HasChanges))
        {
            PlanReport.Write(plan, output, style, indent: "   ");
        }

        var after = PolicyTest.Run(delivery, bucketPlan.After, keyPlan?.After);
        var required = after.Calls.Where(c => !c.Call.IsOptional).ToArray();
        var allowed = required.Count(c => c.Verdict == Verdict.Allowed);
        output.WriteLine($"   {(after.Passes ? style.Good("Tested again:") : style.Bad("Tested again:"))} {allowed} of {required.Length} required calls are allowed.");
        output.WriteLine();
        return after.Passes && bucketPlan.Certificate.IsValid && keyPlan?.Certificate.IsValid != false;
    }

    private static string Sample(string name)
    {
        using var stream = typeof(DemoCommand).Assembly.GetManifestResourceStream($"samples/{name}")
            ?? throw new InvalidOperationException($"The sample {name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record Story(
        string Title, string Situation, string BucketPolicy, string? KeyPolicy, DeliverySelection Selection, bool NarrowDenies = false);
}
