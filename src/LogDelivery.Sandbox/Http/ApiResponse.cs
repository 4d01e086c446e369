using System.Text;

namespace LogDelivery.Sandbox.Http;

/// <summary>The answer of a service.</summary>
internal sealed class ApiResponse
{
    public static readonly byte[] NoBody = [];

    public ApiResponse(int status, string? contentType = null, byte[]? body = null)
    {
        Status = status;
        ContentType = contentType;
        Body = body ?? NoBody;
    }

    public int Status { get; }

    public string? ContentType { get; init; }

    public byte[] Body { get; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>The Content-Length of a response to HEAD; otherwise the length of the body.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The error code, for the record of calls.</summary>
    public string? ErrorCode { get; init; }

    public static ApiResponse Xml(int status, string xml) => new(status, "application/xml", Encoding.UTF8.GetBytes(xml));

    public static ApiResponse Json(int status, string json, string contentType) => new(status, contentType, Encoding.UTF8.GetBytes(json));

    public ApiResponse With(string header, string? value)
    {
        if (value is not null)
        {
            Headers.Add(new(header, value));
        }

        return this;
    }
}
