using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace LogDelivery.Aws.Gateways;

/// <summary>
/// Reads responses of S3 that the SDK does not report: several calls return normally on a 404, and GetBucketPolicy returns
/// the error document as if it were the policy.
/// </summary>
internal static class S3Answers
{
    /// <summary>Reads the error code from an error document of S3; <see langword="null"/> when the text is not one.</summary>
    public static string? ErrorCodeOf(string? text)
    {
        if (text is null || !text.AsSpan().TrimStart().StartsWith("<"))
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text.Trim()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName == "Error" ? root.Elements().FirstOrDefault(e => e.Name.LocalName == "Code")?.Value : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The Region that S3 names when it refuses a request, the wrong Region among the reasons.</summary>
    public static string? RegionOf(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpErrorResponseException { Response: { } response } && response.GetHeaderValue("x-amz-bucket-region") is { Length: > 0 } region)
            {
                return region;
            }
        }

        return null;
    }

    /// <summary>The HTTP status of a failed call; 0 when there was no answer.</summary>
    public static HttpStatusCode StatusOf(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is AmazonServiceException { StatusCode: not 0 } service)
            {
                return service.StatusCode;
            }
        }

        return 0;
    }
}
