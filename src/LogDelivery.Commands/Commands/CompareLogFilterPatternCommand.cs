using System.Management.Automation;
using LogDelivery.Patterns;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Compare-LogFilterPattern</c>: do two patterns select the same events, and if not, which event tells them apart?</summary>
[Cmdlet(VerbsData.Compare, "LogFilterPattern")]
[OutputType(typeof(FilterPatternDifference), typeof(bool))]
public sealed class CompareLogFilterPatternCommand : LogDeliveryCommand
{
    private FilterPattern reference = null!;

    /// <summary>The one pattern.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string ReferencePattern { get; set; } = string.Empty;

    /// <summary>The other patterns; each is compared with the first.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilterPattern")]
    [AllowEmptyString]
    public string[] DifferencePattern { get; set; } = [];

    /// <summary>How many steps may be made before a comparison is given up.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxSteps { get; set; } = PatternComparison.DefaultEffort;

    /// <summary>Whether to give one Boolean: are the patterns known to select the same events?</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => reference = FilterPatternParameter.Parse(this, ReferencePattern);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var text in DifferencePattern)
        {
            if (!FilterPattern.TryParse(text, out var pattern, out var error))
            {
                Report("InvalidFilterPattern", ErrorCategory.InvalidArgument, text, error.Message, $"Mend the pattern at column {error.Column}.", error);
                continue;
            }

            Compare(pattern);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Quiet)
        {
            WriteQuietAnswer();
        }
    }

    private void Compare(FilterPattern pattern)
    {
        var difference = Compute(stop => FilterPatternDifference.Of(reference, pattern, MaxSteps, stop));
        Conclusion.Add(Outcomes.Of(difference));
        if (!Quiet)
        {
            WriteObject(difference);
        }
        else if (difference.RelationValue == PatternRelation.Unknown)
        {
            WriteWarning($"Whether {pattern} selects the same events could not be told.");
        }
    }
}
