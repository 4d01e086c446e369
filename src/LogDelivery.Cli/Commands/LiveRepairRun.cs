using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Cli.Commands;

/// <summary>One run of <c>logdelivery repair-policy --live</c>.</summary>
internal sealed class LiveRepairRun(LiveRun run, OutputFormat format, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(LiveRepairRequest request, CancellationToken cancel)
    {
        try
        {
            var region = request.Region ?? request.SourceArns.Select(RegionOf).FirstOrDefault(r => r is not null);
            using var session = await AwsSession.OpenAsync(run.Access with { Region = region }, cancel).ConfigureAwait(false);
            var repair = new LiveRepair(session, session.Region, run.Options);
            var plan = await repair.PlanAsync([request], cancel).ConfigureAwait(false);
            Show(plan);
            var records = await repair.ApplyAsync(plan, Ask, cancel).ConfigureAwait(false);
            foreach (var record in records)
            {
                RecordReport.Write(record, format, output, error);
            }

            return RecordReport.ExitCodeOf(records);
        }
        catch (InvalidDeliveryException exception)
        {
            throw new UserException(exception.Message);
        }
        catch (AwsCallException exception)
        {
            error.WriteLine($"{exception.Message} Nothing was written.");
            return exception.Kind == AwsErrorKind.Invalid ? ExitCode.Usage : ExitCode.Unknown;
        }
    }

    private static string? RegionOf(string text) => Arn.TryParse(text, out var arn) && arn.Region.Length > 0 ? arn.Region : null;

    private void Show(LiveRepairPlan plan)
    {
        foreach (var note in plan.Notes)
        {
            error.WriteLine(note);
        }

        if (plan.MissingPermissions.Count > 0)
        {
            error.WriteLine($"Not everything could be looked at; missing: {string.Join(", ", plan.MissingPermissions)}.");
        }

        if (format == OutputFormat.Table)
        {
            foreach (var change in plan.Changes.Where(c => c.Plan is { } p && (p.HasChanges || c.Target is PolicyTarget.Bucket)))
            {
                output.WriteLine($"{change} (read as {plan.Caller.Arn}):");
                PlanReport.Write(change.Plan!, output);
            }
        }
    }

    private RepairConsent Ask(LivePolicyChange change) => run.Confirmation.Ask($"Write {change}?", error);
}
