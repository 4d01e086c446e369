using System.Management.Automation;
using LogDelivery.Patterns;

namespace LogDelivery.Commands;

/// <summary>What the cmdlets share that are given a filter pattern.</summary>
internal static class FilterPatternParameter
{
    /// <summary>Parses a pattern; that it is none ends the cmdlet.</summary>
    public static FilterPattern Parse(PSCmdlet cmdlet, string text)
    {
        if (FilterPattern.TryParse(text, out var pattern, out var error))
        {
            return pattern;
        }

        cmdlet.ThrowTerminatingError(new(error, "InvalidFilterPattern", ErrorCategory.InvalidArgument, text)
        {
            ErrorDetails = new(error.Message) { RecommendedAction = $"Mend the pattern at column {error.Column}; Test-LogFilterPattern tries it." },
        });
        throw error;
    }
}
