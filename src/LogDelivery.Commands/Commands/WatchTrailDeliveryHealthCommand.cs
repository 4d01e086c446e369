using System.Diagnostics;
using System.Management.Automation;
using LogDelivery.Gateways;
using LogDelivery.Trails;

namespace LogDelivery.Commands;

/// <summary>
/// <c>Watch-TrailDeliveryHealth</c>: waits until the deliveries of trails have recovered and what was held back has arrived.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "TrailDeliveryHealth")]
[OutputType(typeof(TrailDeliveryHealth))]
public sealed class WatchTrailDeliveryHealthCommand : TrailHealthCommand
{
    private const double Growth = 1.5;
    private const int LongestInterval = 10;

    // An hour in which nothing happened has no file to wait for; CloudTrail delivers within five minutes on the average.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The ARNs or names of the trails.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] TrailArn { get; set; } = [];

    /// <summary>How long to wait.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait before the second look; later waits grow.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether to end as soon as files arrive again, whatever of the earlier ones is there.</summary>
    [Parameter]
    public SwitchParameter SkipBacklog { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Timeout < TimeSpan.Zero || PollingInterval <= TimeSpan.Zero)
        {
            const string Message = "A wait cannot be negative, and there has to be one between two looks.";
            ThrowTerminatingError(new(new ArgumentException(Message), "InvalidRequest", ErrorCategory.InvalidArgument, PollingInterval)
            {
                ErrorDetails = new(Message) { RecommendedAction = "Give seconds, or time spans such as 00:05:00." },
            });
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Want(TrailArn);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!HasWork)
        {
            return;
        }

        var waiting = MakeScopes().SelectMany(s => s.Scope.Regions.SelectMany(r => s.Scope.Trails.Distinct(StringComparer.Ordinal).Select(t => new WaitingTrail(s, r, t)))).ToList();
        var all = waiting.Count;
        var elapsed = Stopwatch.StartNew();
        var interval = PollingInterval;
        while (true)
        {
            LookAt(waiting);
            waiting.RemoveAll(w => w.IsOver);
            var rest = Timeout - elapsed.Elapsed;
            if (waiting.Count == 0)
            {
                return;
            }

            if (rest <= TimeSpan.Zero)
            {
                waiting.ForEach(GiveUp);
                return;
            }

            var pause = interval < rest ? interval : rest;
            var longest = PollingInterval * LongestInterval;
            interval = interval * Growth < longest ? interval * Growth : longest;
            WriteProgress(new(0, "Waiting for deliveries to recover", $"{all - waiting.Count} of {all} over; {waiting[0]}")
            {
                PercentComplete = (int)(100 * Math.Min(1, elapsed.Elapsed / Timeout)),
                SecondsRemaining = (int)rest.TotalSeconds,
            });
            Pump.Delay(pause);
        }
    }

    private void LookAt(List<WaitingTrail> waiting)
    {
        var scopes = waiting.Select((w, i) => w.Scope.Scope with { Account = Index(i), Regions = [w.Region], Trails = [w.Trail] });
        var fanOut = new TrailFanOut(null, new() { MaxConcurrency = ThrottleLimit });
        foreach (var result in Pump.Read(fanOut.RunAsync(scopes, Pump.Token)))
        {
            var item = waiting[int.Parse(result.Account, System.Globalization.CultureInfo.InvariantCulture)];
            item.Error = result.Error;
            if (result.Health is { } health)
            {
                Observe(item, health);
            }
            else if (AwsFailure.IsPassing(result.Error!))
            {
                WriteVerbose(result.Error!.Message);
            }
            else
            {
                item.IsOver = true;
                Report(result.Error!, item.Trail, item.Scope.Label);
            }
        }
    }

    private void Observe(WaitingTrail item, TrailDeliveryHealth health)
    {
        try
        {
            Pump.Wait(item.ObserveAsync(health, Pump.Token));
        }
        catch (AwsCallException exception) when (AwsFailure.IsPassing(exception))
        {
            // The trail is well; only what it held back could not be looked for.
            WriteVerbose(exception.Message);
        }

        WriteVerbose($"{item}. {item.Health?.Explanation}");
        if (item.Recovery.IsOver || (SkipBacklog && health.State == TrailDeliveryState.Healthy))
        {
            item.IsOver = true;
            WriteObject(SkipBacklog ? health : item.Health);
        }
    }

    private void GiveUp(WaitingTrail item)
    {
        if (item.Health is { } health)
        {
            WriteObject(health);
            if (health.State == TrailDeliveryState.Healthy)
            {
                WriteWarning($"{health} after {Timeout}, but not all of the backlog has been seen. {health.Backlog}");
                return;
            }
        }

        if (item.Error is { } error)
        {
            Report(error, item.Trail, item.Scope.Label);
        }
        else
        {
            Report(
                "NotRecovered",
                ErrorCategory.OperationTimeout,
                item.Trail,
                $"{item.Health?.ToString() ?? item.Trail} after {Timeout}. {item.Health?.Explanation}",
                "Repair what the cause names, or wait longer with -Timeout: CloudTrail retries within minutes to hours.",
                new TimeoutException($"{item.Trail} has not recovered within {Timeout}."));
        }
    }

    private sealed class WaitingTrail(LabelledScope scope, string region, string trail)
    {
        public LabelledScope Scope => scope;

        public string Region => region;

        public string Trail => trail;

        public TrailRecovery Recovery { get; } = new(Patience);

        public TrailDeliveryHealth? Health => Recovery.Health;

        public AwsCallException? Error { get; set; }

        public bool IsOver { get; set; }

        public async Task<bool> ObserveAsync(TrailDeliveryHealth health, CancellationToken cancellationToken)
        {
            var aws = await scope.Scope.Open(cancellationToken).ConfigureAwait(false);
            await Recovery.ObserveAsync(health, aws, cancellationToken).ConfigureAwait(false);
            return true;
        }

        public override string ToString() => Health is { } health
            ? $"{health}{(health.Backlog is null ? string.Empty : ", backlog not complete")}"
            : $"{trail} in {region}: {Error?.Kind.ToString() ?? "no answer"}";
    }
}
