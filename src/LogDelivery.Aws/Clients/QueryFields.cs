using System.Globalization;

namespace LogDelivery.Aws.Clients;

/// <summary>Writes lists and numbers as fields of a form. Lists count from 1.</summary>
internal static class QueryFields
{
    /// <summary>A list of texts: <c>Name.member.1</c>.</summary>
    public static IEnumerable<(string Name, string? Value)> List(string name, IEnumerable<string>? values)
        => (values ?? []).Select((v, i) => ($"{name}.member.{Index(i)}", (string?)v));

    /// <summary>A list as EC2 takes it: <c>Name.1</c>.</summary>
    public static IEnumerable<(string Name, string? Value)> Ec2List(string name, IEnumerable<string> values)
        => values.Select((v, i) => ($"{name}.{Index(i)}", (string?)v));

    /// <summary>Tags: <c>Tags.member.1.Key</c> and <c>Tags.member.1.Value</c>.</summary>
    public static IEnumerable<(string Name, string? Value)> Tags(string name, IEnumerable<KeyValuePair<string, string>>? tags)
        => (tags ?? []).SelectMany((t, i) => new (string, string?)[]
        {
            ($"{name}.member.{Index(i)}.Key", t.Key),
            ($"{name}.member.{Index(i)}.Value", t.Value),
        });

    /// <summary>A number in the shortest form that parses to the same value.</summary>
    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A Boolean: <c>true</c> or <c>false</c>.</summary>
    public static string? Flag(bool? value) => value switch { true => "true", false => "false", null => null };

    private static string Index(int zeroBased) => (zeroBased + 1).ToString(CultureInfo.InvariantCulture);
}
