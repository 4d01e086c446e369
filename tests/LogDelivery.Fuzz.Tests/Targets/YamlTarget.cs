using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Templates;
using YamlDotNet.RepresentationModel;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Any JSON, written as YAML: another reader of YAML has to read the same texts, and no file may hold a raw control character.</summary>
internal sealed class YamlTarget : IFuzzTarget
{
    // YAML takes names of up to 1024 characters as written, quotes included; those of templates have 255 at most.
    private const int LongestName = 150;

    public string Name => "Yaml";

    public IEnumerable<byte[]> Seeds => new[]
    {
        """{"AWSTemplateFormatVersion":"2010-09-09","Parameters":{"Name":{"Type":"String","Default":""}},"List":[{"a":1,"b":[true,null]},[],"x: y","- z","#"],"Block":"one\ntwo\n","Quote":"it's \"so\"","Yes":"yes","No":"1e3"}""",
        """{" lead":"\n","trail ":"a\n\nb","tab\t":"é","{":"}","&a":"*a","!t":"%d","? ":"| >","":"~"}""",
    }.Select(Encoding.UTF8.GetBytes);

    public bool IsDocumented(Exception exception) => exception is JsonException;

    public void Run(byte[] input, Screen screen)
    {
        // The first use reads all members: names that stand twice are an error of the reader, not of the writer.
        JsonObject? document;
        string[] texts;
        try
        {
            document = JsonNode.Parse(input) as JsonObject;
            texts = document is null ? [] : [.. TextsOf(document)];
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return;
        }

        // Half a letter has no form in UTF-8; the replacement character stands for it in either.
        if (document is not { Count: > 0 } || texts.Any(t => !IsWhole(t)) || NamesOf(document).Any(n => n.Length > LongestName))
        {
            return;
        }

        var yaml = YamlWriter.Write(document);
        screen.ShowAsWritten(new string([.. yaml.Where(c => char.IsAscii(c) || char.IsControl(c))]));
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var read = TextsOf(stream.Documents[0].RootNode).ToArray();
        if (!texts.SequenceEqual(read))
        {
            var odd = texts.Zip(read).FirstOrDefault(p => p.First != p.Second);
            throw new InvalidOperationException($"{JsonSerializer.Serialize(odd.First)} became {JsonSerializer.Serialize(odd.Second)} in: {yaml}");
        }
    }

    private static bool IsWhole(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar);

    private static IEnumerable<string> NamesOf(JsonNode? node) => node switch
    {
        JsonObject mapping => mapping.SelectMany(m => NamesOf(m.Value).Prepend(m.Key)),
        JsonArray list => list.SelectMany(NamesOf),
        _ => [],
    };

    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonObject mapping => mapping.SelectMany(m => TextsOf(m.Value).Prepend(m.Key)),
        JsonArray list => list.SelectMany(TextsOf),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [node?.ToJsonString() ?? "null"],
    };

    private static IEnumerable<string> TextsOf(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.SelectMany(c => TextsOf(c.Key).Concat(TextsOf(c.Value))),
        YamlSequenceNode list => list.Children.SelectMany(TextsOf),
        _ => [((YamlScalarNode)node).Value ?? string.Empty],
    };
}
