using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Records;

/// <summary>
/// One call of an API as a CloudTrail event has it, with request and response in full. Source: CloudTrail user guide,
/// cloudtrail-event-reference-record-contents.
/// </summary>
internal sealed class ManagementCall
{
    private const string Domain = ".amazonaws.com";
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private ManagementCall(CloudTrailEvent record, DateTime time, string service, CallMembers root)
    {
        Time = time;
        Service = service;
        Name = record.EventName!;
        EventId = root.Text("eventID");
        Request = root["requestParameters"];
        Response = root["responseElements"];
        AccountId = record.RecipientAccountId ?? record.IdentityAccountId;
        Region = record.Region;
        Principal = record.IdentityArn ?? record.InvokedBy ?? record.IdentityPrincipalId ?? record.IdentityAccountId ?? record.SourceAddress;
        ErrorCode = string.IsNullOrEmpty(record.ErrorCode) ? null : record.ErrorCode;
        ErrorMessage = record.ErrorMessage;
    }

    public DateTime Time { get; }

    /// <summary>The service, as actions name it: <c>cloudtrail</c>, <c>elasticloadbalancing</c>.</summary>
    public string Service { get; }

    /// <summary>The name of the API.</summary>
    public string Name { get; }

    /// <summary>The action, as policies name it.</summary>
    public string Action => $"{Service}:{Name}";

    public string? EventId { get; }

    public CallMembers Request { get; }

    public CallMembers Response { get; }

    public string? AccountId { get; }

    public string? Region { get; }

    public string? Principal { get; }

    public string? ErrorCode { get; }

    public string? ErrorMessage { get; }

    /// <summary>Reads an event, also one that EventBridge has wrapped.</summary>
    /// <param name="json">One JSON object.</param>
    /// <returns><see langword="null"/> when it is no call that has a time, a service and a name.</returns>
    /// <exception cref="JsonException">The text is not well-formed.</exception>
    public static ManagementCall? Parse(ReadOnlySpan<byte> json)
    {
        if (CloudTrailEvent.Parse(json) is not { Time: { } time, EventSource: { } source, EventName: { Length: > 0 } } record || ServiceOf(source) is not { } service)
        {
            return null;
        }

        // Bytes that are not UTF-8 have been told of; they shall not hide the rest.
        var text = Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        var reader = new Utf8JsonReader(text, AnyDepth);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = new CallMembers(document.RootElement.Clone());
        return new(record, time, service, root["detail-type"].Exists && root["detail"].IsObject ? root["detail"] : root);
    }

    /// <summary>What tells a configuration from all others: what it is, and its name, in this account and Region.</summary>
    public string Identity(string kind, string? name) => $"{kind} {AccountId} {Region} {name}";

    /// <summary>The ARN of something of this account and Region.</summary>
    public string? ArnOf(string service, string? resource)
        => resource is null || AccountId is null || Region is null ? null
            : Arn.TryParse(resource, out _) ? resource
            : $"arn:{Regions.PartitionOf(Region)}:{service}:{Region}:{AccountId}:{resource}";

    /// <summary>The service of an event source such as <c>ec2.amazonaws.com</c>.</summary>
    private static string? ServiceOf(string source)
    {
        var end = source.IndexOf(Domain, StringComparison.Ordinal);
        return end > 0 ? source[..end] : null;
    }
}
