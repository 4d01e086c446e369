using System.Diagnostics;
using System.Management.Automation;
using LogDelivery.Trails;

namespace LogDelivery.Commands;

/// <summary><c>Get-TrailDeliveryHealth</c>: how the deliveries of trails fare, and why.</summary>
[Cmdlet(VerbsCommon.Get, "TrailDeliveryHealth")]
[OutputType(typeof(TrailDeliveryHealth))]
public sealed class GetTrailDeliveryHealthCommand : TrailHealthCommand
{
    private const string Activity = "Looking at the deliveries of trails";

    /// <summary>The ARNs or names of the trails; all that show when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[]? TrailArn { get; set; }

    /// <summary>Whether to look in every Region that the account has switched on.</summary>
    [Parameter]
    public SwitchParameter AllRegion { get; set; }

    /// <summary>Whether to look for the cause at healthy trails too.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override bool AllRegions => AllRegion;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Want(TrailArn);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!HasWork)
        {
            return;
        }

        var scopes = MakeScopes();
        var fanOut = new TrailFanOut(new() { Detailed = Detailed }, new() { MaxConcurrency = ThrottleLimit });
        var elapsed = Stopwatch.StartNew();
        var nextProgress = TimeSpan.FromSeconds(1);
        var count = 0;
        foreach (var result in Pump.Read(fanOut.RunAsync(scopes.Select(s => s.Scope), Pump.Token)))
        {
            count++;
            if (result.Health is { } health)
            {
                WriteObject(health);
            }
            else
            {
                var label = scopes[int.Parse(result.Account, System.Globalization.CultureInfo.InvariantCulture)].Label;
                Report(result.Error!, result.Trail ?? result.Region ?? label, label);
            }

            if (elapsed.Elapsed >= nextProgress)
            {
                WriteProgress(new(0, Activity, $"{count} looked at"));
                nextProgress = elapsed.Elapsed + TimeSpan.FromMilliseconds(250);
            }
        }

        WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
