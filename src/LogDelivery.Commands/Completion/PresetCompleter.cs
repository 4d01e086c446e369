using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogDelivery.Alarms;
using LogDelivery.Templates;

namespace LogDelivery.Commands;

/// <summary>Completes names, each with what it stands for.</summary>
internal abstract class PresetCompleter(Func<IEnumerable<(string Id, string Summary)>> presets) : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get($"{wordToComplete.Trim('\'', '"')}*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return presets().Where(p => pattern.IsMatch(p.Id)).Select(p => new CompletionResult(p.Id, p.Id, CompletionResultType.ParameterValue, p.Summary));
    }
}

/// <summary>Completes the presets of alarms.</summary>
internal sealed class AlarmPresetCompleter() : PresetCompleter(() => AlarmPresets.All.Select(p => (p.Id, p.Summary)));

/// <summary>Completes the set-ups that can be exported.</summary>
internal sealed class TemplatePresetCompleter() : PresetCompleter(() => TemplatePresets.All.Select(p => (p.Id, p.Summary)));
