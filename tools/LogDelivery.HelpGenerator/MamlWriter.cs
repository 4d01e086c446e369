using System.Globalization;
using System.Xml.Linq;

namespace LogDelivery.HelpGenerator;

/// <summary>Writes MAML: the words come from the pages, what the binder does from the classes.</summary>
internal sealed class MamlWriter(HelpPage shared, List<string> errors)
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public string Write(IEnumerable<(CmdletInfo Cmdlet, HelpPage Page)> pages)
    {
        var root = new XElement(
            Msh + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            pages.Select(p => WriteCommand(p.Cmdlet, p.Page)).ToArray());
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n";
    }

    private XElement WriteCommand(CmdletInfo cmdlet, HelpPage page)
    {
        var stray = page.Under("Parameters").FirstOrDefault(s => !cmdlet.Parameters.Any(p => $"-{p.Name}" == s.Title));
        if (stray is not null)
        {
            Complain(page, $"{cmdlet.Name} has no parameter {stray.Title}");
        }

        return new(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                new XElement(Maml + "description", Paragraphs(page, "Synopsis"))),
            new XElement(Maml + "description", Paragraphs(page, "Description")),
            new XElement(Command + "syntax", cmdlet.Sets.Select(s => WriteSyntax(cmdlet, page, s))),
            new XElement(Command + "parameters", cmdlet.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => WriteParameter(p, p.Sets.Values.First(), page, withText: true))),
            new XElement(Command + "inputTypes", WriteType("inputType", "Text, files, and objects with properties named like the parameters", Paragraphs(page, "Inputs"))),
            new XElement(Command + "returnValues", cmdlet.Outputs.Select((o, i) => WriteType("returnValue", o, i == 0 ? Paragraphs(page, "Outputs") : []))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", page.Find("Notes") is { } notes ? ToPara(notes.Paragraphs) : [])),
            WriteExamples(page),
            new XElement(
                Maml + "relatedLinks",
                (page.Find("Related links")?.Paragraphs ?? []).Select(l => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", l.TrimStart('-', ' ')), new XElement(Maml + "uri")))));
    }

    private XElement WriteSyntax(CmdletInfo cmdlet, HelpPage page, string set)
        => new(
            Command + "syntaxItem",
            new XElement(Maml + "name", cmdlet.Name),
            cmdlet.Parameters.Select(p => (Parameter: p, Info: p.In(set)))
                .Where(p => p.Info is not null)
                .OrderBy(p => p.Info!.Position ?? int.MaxValue)
                .ThenBy(p => p.Info!.IsMandatory ? 0 : 1)
                .Select(p => WriteParameter(p.Parameter, p.Info!, page, withText: false)));

    private XElement WriteParameter(ParameterInfo parameter, SetInfo info, HelpPage page, bool withText)
    {
        var text = page.Find($"-{parameter.Name}") ?? shared.Find($"-{parameter.Name}");
        if (withText && text?.Paragraphs.FirstOrDefault() is null)
        {
            Complain(page, $"the parameter -{parameter.Name} is not described");
        }

        return new(
            Command + "parameter",
            new XAttribute("required", info.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", "true"),
            new XAttribute("globbing", parameter.TakesWildcards ? "true" : "false"),
            new XAttribute("pipelineInput", info.PipelineInput),
            new XAttribute("position", info.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            new XElement(Maml + "description", ToPara(text?.Paragraphs ?? [])),
            parameter.Values.Count == 0 ? null : new XElement(Command + "parameterValueGroup", parameter.Values.Select(v => new XElement(Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v))),
            parameter.IsSwitch && !withText ? null : new XElement(Command + "parameterValue", new XAttribute("required", parameter.IsSwitch ? "false" : "true"), new XAttribute("variableLength", "false"), parameter.TypeName),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.IsSwitch ? "False" : "None"));
    }

    private XElement WriteExamples(HelpPage page)
    {
        var examples = page.Under("Examples").ToArray();
        if (examples.Length < 2)
        {
            Complain(page, "at least two examples are needed");
        }

        return new(Command + "examples", examples.Select(e => new XElement(
            Command + "example",
            new XElement(Maml + "title", e.Title),
            new XElement(Dev + "code", string.Join("\n\n", e.Blocks.Select(b => b.Text))),
            new XElement(Dev + "remarks", ToPara(e.Paragraphs)))));
    }

    private static XElement WriteType(string element, string name, IEnumerable<XElement> text)
        => new(Command + element, new XElement(Dev + "type", new XElement(Maml + "name", name)), new XElement(Maml + "description", text));

    private IEnumerable<XElement> Paragraphs(HelpPage page, string title)
    {
        var paragraphs = page.Find(title)?.Paragraphs.ToArray() ?? [];
        if (paragraphs.Length == 0)
        {
            Complain(page, $"the section {title} is missing or empty");
        }

        return ToPara(paragraphs);
    }

    private static IEnumerable<XElement> ToPara(IEnumerable<string> paragraphs) => paragraphs.Select(p => new XElement(Maml + "para", p));

    private void Complain(HelpPage page, string what) => errors.Add($"{page.Path}: error LDHELP: {what}");
}
