using System.Globalization;
using System.Xml.Linq;

namespace LogDelivery.Aws.Clients;

/// <summary>Reads members of XML responses. Namespaces are ignored.</summary>
internal static class XmlMembers
{
    /// <summary>The member of a structure; <see langword="null"/> when it is absent.</summary>
    public static XElement? Member(this XElement? parent, string name)
        => parent?.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    /// <summary>A member's text; <see langword="null"/> when it is absent.</summary>
    public static string? Text(this XElement? parent, string name) => parent.Member(name)?.Value;

    /// <summary>A list: <c>member</c>s in the query protocol, <c>item</c>s in EC2's.</summary>
    public static IEnumerable<XElement> List(this XElement? parent, string name)
        => parent.Member(name)?.Elements().Where(e => e.Name.LocalName is "member" or "item") ?? [];

    /// <summary>A list of texts.</summary>
    public static IReadOnlyList<string> Texts(this XElement? parent, string name) => [.. parent.List(name).Select(e => e.Value)];

    /// <summary>Tags by their keys.</summary>
    public static IReadOnlyDictionary<string, string> Tags(this XElement? parent, string name)
        => parent.List(name).Where(t => t.Text("Key") is not null).DistinctBy(t => t.Text("Key"))
            .ToDictionary(t => t.Text("Key")!, t => t.Text("Value") ?? string.Empty, StringComparer.Ordinal);

    /// <summary>A Boolean; <see langword="null"/> when it is absent.</summary>
    public static bool? Flag(this XElement? parent, string name) => parent.Text(name) is { } text ? text == "true" : null;

    /// <summary>A whole number; <see langword="null"/> when it is absent or not a number.</summary>
    public static int? WholeNumber(this XElement? parent, string name)
        => int.TryParse(parent.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A number; <see langword="null"/> when it is absent or not a number.</summary>
    public static double? Number(this XElement? parent, string name)
        => double.TryParse(parent.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A map from text to text.</summary>
    public static IReadOnlyDictionary<string, string> Map(this XElement? parent, string name)
        => parent.Member(name)?.Elements().Where(e => e.Name.LocalName == "entry")
            .ToDictionary(e => e.Text("key") ?? string.Empty, e => e.Text("value") ?? string.Empty, StringComparer.Ordinal)
            ?? new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A time in UTC; <see langword="null"/> when it is absent.</summary>
    public static DateTime? Time(this XElement? parent, string name)
        => parent.Text(name) is { Length: > 0 } text
            ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : null;
}
