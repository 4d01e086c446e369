using LogDelivery.Logs.Files;
using LogDelivery.Patterns;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>The events of log files that a pattern selects.</summary>
internal sealed class PatternScanTarget() : LogTarget("PatternScan")
{
    private static readonly FilterPattern[] Patterns =
    [
        FilterPattern.Parse("{ $.eventName = \"Put*\" || $.a = * || $.requestParameters.* = %[a-z]+% }"),
        FilterPattern.Parse("[owner, bucket, ..., status=4*]"),
        FilterPattern.Parse("?AccessDenied ?\"two lines\" -html"),
    ];

    protected override void Read(LogObject source, ReadTally tally, Screen screen)
    {
        foreach (var pattern in Patterns)
        {
            screen.Show(new PatternScan(pattern, tally) { Workers = 1 }.Find([source]));
        }
    }
}
