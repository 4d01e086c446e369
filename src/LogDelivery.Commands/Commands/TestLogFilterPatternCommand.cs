using System.Management.Automation;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Test-LogFilterPattern</c>: is it a pattern that CloudWatch Logs takes, does it match these events, and if not, why not?</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogFilterPattern", DefaultParameterSetName = PatternSet)]
[OutputType(typeof(FilterPatternTest), typeof(bool))]
public sealed class TestLogFilterPatternCommand : LogDeliveryCommand
{
    private const string PatternSet = "Pattern";
    private const string EventSet = "Event";

    /// <summary>The pattern.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PatternSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = EventSet)]
    [AllowEmptyString]
    public string FilterPattern { get; set; } = string.Empty;

    /// <summary>The events' texts.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = EventSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Message")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] LogEventMessage { get; set; } = [];

    /// <summary>Whether to give one Boolean: is every pattern valid, and does it match every event?</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isValid = Patterns.FilterPattern.TryParse(FilterPattern, out var pattern, out var error);
        if (ParameterSetName == PatternSet)
        {
            Give(isValid ? FilterPatternTest.Of(pattern!) : FilterPatternTest.Of(error!));
            return;
        }

        foreach (var message in LogEventMessage)
        {
            Give(isValid ? FilterPatternTest.Of(pattern!, message) : FilterPatternTest.Of(error!, message));
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

    private void Give(FilterPatternTest test)
    {
        Conclusion.Add(Outcomes.Of(test));
        if (!Quiet)
        {
            WriteObject(test);
        }
    }
}
