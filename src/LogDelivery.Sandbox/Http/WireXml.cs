using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LogDelivery.Sandbox.Http;

/// <summary>XML as it goes over the wire, whatever names and messages hold.</summary>
internal static class WireXml
{
    // S3 answers a key with a control character by a character reference, which XML 1.0 does not allow and its clients read.
    private static readonly XmlWriterSettings Settings = new() { CheckCharacters = false, OmitXmlDeclaration = true };

    /// <summary>The text of a document. Characters that XML cannot hold become references, half a pair of surrogates U+FFFD.</summary>
    public static string Of(XElement document)
    {
        foreach (var node in document.DescendantNodes().OfType<XText>())
        {
            if (node.Value.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0)
            {
                node.Value = string.Concat(node.Value.EnumerateRunes());
            }
        }

        var text = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        using (var writer = XmlWriter.Create(text, Settings))
        {
            document.WriteTo(writer);
        }

        return text.ToString();
    }
}
