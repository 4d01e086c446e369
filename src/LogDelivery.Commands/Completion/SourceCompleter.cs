using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>Completes the ids of delivery sources, with the names that AWS uses as tips.</summary>
internal sealed class SourceCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        // Somebody who remembers a part of the name is helped too.
        var pattern = WildcardPattern.Get($"*{typed}*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return SourceCatalog.All
            .Where(s => pattern.IsMatch(s.Id))
            .OrderBy(s => s.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(s => new CompletionResult(s.Id, s.Id, CompletionResultType.ParameterValue, s.Name));
    }
}
