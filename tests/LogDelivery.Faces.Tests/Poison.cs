using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace LogDelivery.Faces.Tests;

/// <summary>Text that tries to take a terminal over, and copies of the samples in which every text of others carries it.</summary>
internal static partial class Poison
{
    /// <summary>What a line of an access log or a file name can hold: a title, C1, DEL, bidirectional and zero-width characters.</summary>
    public const string OneLine = "\u001b]0;owned\u0007\u001b\u009b2J\u007f\u202e\u200b\u2066\u00ad";

    /// <summary>The same with forged lines, for JSON.</summary>
    public const string Text = OneLine + "\r\nAllowed\u2028\u2029\ud83d\ude00\ud800";

    // Members that are text of the caller's or of an attacker's choice, and that no rule compares.
    private static readonly HashSet<string> Free = new(StringComparer.Ordinal)
    {
        "Sid", "userAgent", "errorMessage", "principalId", "userName", "message", "requestID", "key", "description", "additionalEventData", "vpcEndpointId",
    };

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Copies a folder, poisoned.</summary>
    public static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetExtension(file) == ".gz")
            {
                using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
                using var reader = new StreamReader(packed);
                using var writer = new StreamWriter(new GZipStream(File.Create(copy), CompressionLevel.Fastest));
                writer.Write(Of(reader.ReadToEnd()));
            }
            else
            {
                File.WriteAllText(copy, Of(File.ReadAllText(file)));
            }
        }
    }

    /// <summary>Fails where a text holds what a screen obeys or hides.</summary>
    /// <param name="what">Who printed it.</param>
    /// <param name="text">What was printed.</param>
    public static void AssertShown(string what, string text)
    {
        var raw = Raw().Match(text);
        Assert.True(!raw.Success, $"{what} prints U+{(raw.Success ? (int)raw.Value[0] : 0):X4} as it is, after: {VisibleText.Of(text[Math.Max(0, raw.Index - 200)..raw.Index])}");
    }

    /// <summary>JSON, whole or a value a line, or lines of an access log, with poison.</summary>
    public static string Of(string text)
    {
        try
        {
            return Of(JsonNode.Parse(text)!).ToJsonString(Options);
        }
        catch (JsonException)
        {
            var lines = text.Split('\n').Select(l => l.StartsWith('{') ? OfLine(l) : Quoted().Replace(l, m => $"\"{m.Groups[1].Value}{OneLine}\""));
            return string.Join('\n', lines);
        }
    }

    private static string OfLine(string line)
    {
        try
        {
            return Of(JsonNode.Parse(line)!).ToJsonString(Options);
        }
        catch (JsonException)
        {
            // Several values in a line, as Firehose writes them.
            return line;
        }
    }

    private static JsonNode Of(JsonNode node)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (name, value) in item.ToArray())
                {
                    if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && Free.Contains(name))
                    {
                        item[name] = value.GetValue<string>() + OneLine + "\r\n\u2028";
                    }
                    else if (value is not null)
                    {
                        Of(value);
                    }

                    if (name == "Statement" && value is JsonArray statements)
                    {
                        statements.Add(Statement());
                    }
                }

                return item;
            case JsonArray list:
                foreach (var value in list.ToArray())
                {
                    if (value is not null)
                    {
                        Of(value);
                    }
                }

                return list;
            default:
                return node;
        }
    }

    private static JsonObject Statement() => new()
    {
        ["Sid"] = Text[..^1],
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["AWS"] = $"arn:aws:iam::111122223333:role/{OneLine}" },
        ["Action"] = "s3:GetObject",
        ["Resource"] = $"arn:aws:s3:::amzn-s3-demo-trail-logs/{OneLine}",
        ["Condition"] = new JsonObject { ["StringLike"] = new JsonObject { [$"aws:PrincipalTag/{OneLine}"] = $"{OneLine}*" } },
    };

    // Line feeds and tabs lay text out; a carriage return is only that of an end of a line.
    [GeneratedRegex(@"(?!\n|\t|\r\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]")]
    private static partial Regex Raw();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
