using System.Management.Automation;
using LogDelivery.Comparison;
using LogDelivery.Policies;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Compare-LogDeliveryPolicy</c>: who gains access and who loses it, each with a witness.</summary>
[Cmdlet(VerbsData.Compare, "LogDeliveryPolicy")]
[OutputType(typeof(PolicyDifferenceRow), typeof(bool))]
public sealed class CompareLogDeliveryPolicyCommand : LogDeliveryCommand
{
    private PolicyReader reader = null!;
    private PolicyDocument? reference;

    /// <summary>The policy as it was: text, or the path of a file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    [PolicyText]
    public string[] ReferencePolicy { get; set; } = [];

    /// <summary>The policy as it is or will be: text, or the path of a file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyString]
    [PolicyText]
    public string[] DifferencePolicy { get; set; } = [];

    /// <summary>Only resources like this count; <c>*</c> and <c>?</c> are wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Resource { get; set; }

    /// <summary>How many classes of requests may be decided one by one before the comparison is given up.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxCells { get; set; } = PolicyComparison.DefaultMaxCells;

    /// <summary>Whether to give one Boolean: do the policies let in the same requests?</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        reader = new(this);
        if (reader.ReadTextOrPath(ReferencePolicy) is { } input)
        {
            reference = reader.Parse(input, PolicyKind.Any);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!MyInvocation.ExpectingInput)
        {
            Compare(reader.ReadTextOrPath(DifferencePolicy));
            return;
        }

        foreach (var piece in DifferencePolicy)
        {
            if (reader.IsOpen || PolicyReader.IsText(piece) || string.IsNullOrWhiteSpace(piece))
            {
                foreach (var input in reader.ReadText([piece]))
                {
                    Compare(input);
                }
            }
            else
            {
                Compare(reader.ReadTextOrPath([piece]));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var input in reader.Flush())
        {
            Compare(input);
        }

        if (Quiet)
        {
            WriteQuietAnswer();
        }
    }

    private void Compare(PolicyInput? input)
    {
        if (reference is null || input is null || reader.Parse(input, PolicyKind.Any) is not { } document)
        {
            return;
        }

        var comparison = Compute(stop => PolicyComparison.Compare(reference, document, Resource, MaxCells, stop));
        Conclusion.Add(Outcomes.Of(comparison));
        WriteVerbose(FormattableString.Invariant($"{input}: {comparison.GainedCells:N0} classes of requests gain access, {comparison.LostCells:N0} lose it ({comparison.Cells:N0} compared, {comparison.CellsDecided:N0} decided, the others alike)."));
        if (!Quiet)
        {
            WriteObject(comparison.Differences.Select(PolicyDifferenceRow.From), enumerateCollection: true);
        }

        var untold = comparison.GainedCells + comparison.LostCells - comparison.Differences.Count;
        if (untold > 0 && !Quiet)
        {
            WriteWarning(FormattableString.Invariant($"{input}: {untold:N0} further classes of requests differ."));
        }

        if (!comparison.IsComplete)
        {
            Report(
                "ComparisonIncomplete",
                ErrorCategory.LimitsExceeded,
                input.Subject,
                FormattableString.Invariant($"{input} could not be compared to the end: {comparison.CellsDecided:N0} of {comparison.Cells:N0} classes of requests were decided. More may differ."),
                "Narrow the comparison by Resource, or raise MaxCells.");
        }
    }
}
