using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogDelivery.Aws;

namespace LogDelivery.Commands;

/// <summary>Completes the codes of Regions, with the names that AWS has for them as tips. Nothing is asked of AWS.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        // Somebody who remembers the city and not the code is helped, too.
        return AwsRegions.All
            .Where(r => r.Key.Contains(typed, StringComparison.OrdinalIgnoreCase) || r.Value.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(r => r.Key.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(r => new CompletionResult(r.Key, r.Key, CompletionResultType.ParameterValue, r.Value));
    }
}
