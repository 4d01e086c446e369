using System.Globalization;
using System.Xml.Linq;

namespace LogDelivery.Aws.Clients;

/// <summary>Reads members out of XML answers. Namespaces say nothing there and are not looked at.</summary>
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

    /// <summary>A map from text to text.</summary>
    public static IReadOnlyDictionary<string, string> Map(this XElement? parent, string name)
        => parent.Member(name)?.Elements().Where(e => e.Name.LocalName == "entry")
            .ToDictionary(e => e.Text("key") ?? string.Empty, e => e.Text("value") ?? string.Empty, StringComparer.Ordinal)
            ?? new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A point in time; <see langword="null"/> when it is absent.</summary>
    public static DateTime? Time(this XElement? parent, string name)
        => parent.Text(name) is { Length: > 0 } text
            ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : null;
}
