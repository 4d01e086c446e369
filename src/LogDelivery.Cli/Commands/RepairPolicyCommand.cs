using System.CommandLine;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery repair-policy</c>: the smallest change that lets the deliveries in and nothing else, with its proof.</summary>
internal static class RepairPolicyCommand
{
    public static Command Create()
    {
        var deliveries = new DeliveryOptions();
        var policy = new Option<string?>("--policy") { HelpName = "FILE|-", Description = "The bucket policy; - for standard input." };
        var keyPolicy = new Option<string?>("--key-policy") { HelpName = "FILE", Description = "The policy of the KMS key; repaired as well when --key-out is given." };
        var outFile = new Option<string?>("--out") { HelpName = "FILE", Description = "Where to write the repaired bucket policy; - for standard output." };
        var keyOut = new Option<string?>("--key-out") { HelpName = "FILE", Description = "Where to write the repaired key policy." };
        var narrow = new Option<bool>("--narrow-denies") { Description = "Permit that Deny statements are narrowed by exactly these deliveries." };
        var stale = new Option<bool>("--remove-stale") { Description = "Drop values of aws:SourceArn that name none of these deliveries; what is lost is shown." };
        var output = CommonOptions.Output();
        var live = new LiveOptions();
        var command = new Command("repair-policy", "Plan the smallest change of a bucket policy that lets deliveries in and nothing else, prove it, and write the document: to a file, or with --live to AWS.") { policy, keyPolicy, outFile, keyOut, narrow, stale, output };
        deliveries.AddTo(command);
        live.AddTo(command);
        command.SetStoppableAction(async (result, cancel) =>
        {
            var permissions = new RepairOptions { NarrowDenies = result.GetValue(narrow), RemoveStale = result.GetValue(stale) };
            if (live.IsLive(result))
            {
                LiveOptions.Refuse(result, "with --live the documents are read from AWS and written to it", policy, keyPolicy, outFile, keyOut);
                var run = new LiveRepairRun(live.Read(result, permissions), result.GetValue(output), result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen());
                return await run.RunAsync(deliveries.ReadLive(result), cancel).ConfigureAwait(false);
            }

            live.RefuseAll(result);
            var bucket = InputFile.ReadPolicy(result.GetValue(policy) ?? throw new UserException("Give the document: --policy FILE, or --live for the one in AWS."), PolicyKind.Bucket);
            var key = DeliveryOptions.ReadKeyPolicy(result.GetValue(keyPolicy));
            var chosen = RequestReport.Whole(deliveries.Read(result).Resolve());
            var plans = new List<RepairPlan> { PolicyRepair.Plan(bucket, PolicyTarget.Bucket, chosen, permissions, cancel) };
            if (key is not null)
            {
                plans.Add(PolicyRepair.Plan(key, PolicyTarget.Key, chosen, permissions, cancel));
            }

            var toStandardOutput = result.GetValue(outFile) == "-";
            var report = toStandardOutput ? result.InvocationConfiguration.Error.AsScreen() : result.InvocationConfiguration.Output.AsScreen();
            Write(plans, result.GetValue(output), report);
            Save(plans[0].After, result.GetValue(outFile), result.InvocationConfiguration.Output.AsScreen());
            if (plans.Count > 1)
            {
                Save(plans[1].After, result.GetValue(keyOut), result.InvocationConfiguration.Output.AsScreen());
            }

            var repaired = chosen.Select(d => PolicyTest.Run(d, plans[0].After, key is null || result.GetValue(keyOut) is null ? key : plans[1].After)).ToArray();
            var conclusion = new Conclusion();
            PolicyReport.Conclude(repaired, conclusion);
            conclusion.Add(Outcomes.Of(plans[0]));
            if (result.GetValue(output) == OutputFormat.Table)
            {
                ReportRest(repaired, report);
            }

            return ExitCode.Of(conclusion.Outcome);
        });
        return command;
    }

    private static void Write(List<RepairPlan> plans, OutputFormat format, Screen output)
    {
        foreach (var plan in plans)
        {
            if (format == OutputFormat.Json)
            {
                output.WriteLine(JsonLine.From(new
                {
                    Target = plan.Target.ToString(),
                    plan.HasChanges,
                    plan.Succeeds,
                    plan.Edits,
                    plan.Certificate,
                    plan.Rejected,
                    plan.Obstacles,
                    NewlyAllowed = plan.NewlyAllowed.Select(c => c.ToString()).Distinct(),
                    SizeBefore = plan.Before.SizeInBytes,
                    SizeAfter = plan.After.SizeInBytes,
                    After = plan.After.Text,
                }));
            }
            else
            {
                PlanReport.Write(plan, output);
            }
        }
    }

    private static void Save(PolicyDocument document, string? path, Screen output)
    {
        if (path is null)
        {
            return;
        }

        if (path == "-")
        {
            output.WriteJsonDocument(document.Text);
            return;
        }

        try
        {
            File.WriteAllText(InputFile.Named(path), document.Text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path}: {exception.Message}");
        }
    }

    // What no policy can mend: the key's policy, the bucket's settings.
    private static void ReportRest(PolicyTestResult[] repaired, Screen output)
    {
        foreach (var finding in repaired.SelectMany(r => r.AllFindings).Where(f => f.SeverityValue == FindingSeverity.Blocks).DistinctBy(f => (f.Id, f.Evidence)))
        {
            output.WriteLine($"Still open: {finding.Id} {finding.Evidence} {finding.Remedy}");
        }
    }
}
