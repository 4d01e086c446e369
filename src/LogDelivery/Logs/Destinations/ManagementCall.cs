using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LogDelivery.Logs.CloudTrail;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// One call of an API as a CloudTrail event has it, with request and response in full. Source: CloudTrail user guide,
/// cloudtrail-event-reference-record-contents.
/// </summary>
internal sealed class ManagementCall
{
    private const string Domain = ".amazonaws.com";
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private ManagementCall(LoggedCall logged, CallMembers root)
    {
        Logged = logged;
        Request = root["requestParameters"];
        Response = root["responseElements"];
    }

    /// <summary>What is kept of the call.</summary>
    public LoggedCall Logged { get; }

    public CallMembers Request { get; }

    public CallMembers Response { get; }

    public string Name => Logged.Name;

    public string? AccountId => Logged.AccountId;

    public string? Region => Logged.Region;

    public string? ErrorCode => Logged.ErrorCode;

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
        root = root["detail-type"].Exists && root["detail"].IsObject ? root["detail"] : root;
        var logged = new LoggedCall(
            time,
            root.Text("eventID"),
            service,
            record.EventName,
            record.RecipientAccountId ?? record.IdentityAccountId,
            record.Region,
            record.IdentityArn ?? record.InvokedBy ?? record.IdentityPrincipalId ?? record.IdentityAccountId ?? record.SourceAddress,
            string.IsNullOrEmpty(record.ErrorCode) ? null : record.ErrorCode,
            record.ErrorMessage);
        return new(logged, root);
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
