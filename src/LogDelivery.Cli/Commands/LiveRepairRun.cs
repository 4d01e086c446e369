using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery.Cli.Commands;

/// <summary>One run of <c>logdelivery repair-policy --live</c>.</summary>
internal sealed class LiveRepairRun(LiveRun run, OutputFormat format, Screen output, Screen error)
{
    public async Task<int> RunAsync(LiveRepairRequest request, CancellationToken cancel)
    {
        try
        {
            var region = RequestRegion.Of(request.Region, request.SourceArns);
            using var session = await AwsSession.OpenAsync(run.Access with { Region = region }, cancel).ConfigureAwait(false);
            var repair = new LiveRepair(session, session.Region, run.Options);
            var plan = await repair.PlanAsync([request], cancel).ConfigureAwait(false);
            Show(plan);
            var records = await repair.ApplyAsync(plan, Ask, cancel).ConfigureAwait(false);
            var conclusion = new Conclusion();
            foreach (var record in records)
            {
                conclusion.Add(Outcomes.Of(record));
                RecordReport.Write(record, format, output, error);
            }

            return ExitCode.Of(conclusion.Outcome);
        }
        catch (InvalidDeliveryException exception)
        {
            throw new UserException(exception.Message);
        }
        catch (AwsCallException exception)
        {
            throw new UserException($"{exception.Message} Nothing was written.", ExitCode.Of(exception));
        }
    }

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

    private RepairConsent Ask(LivePolicyChange change) => run.Confirmation.Ask(ShownText.Of($"Write {change}?"), error);
}
