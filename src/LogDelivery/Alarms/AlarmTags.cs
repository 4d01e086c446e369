using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Alarms;

/// <summary>
/// The tags by which alarms and topics are told from those that others made, and what is to be removed with an alarm. Metric
/// filters take no tags; those in the namespace <see cref="Namespace"/> are ours.
/// </summary>
internal static class AlarmTags
{
    /// <summary>The namespace of all metrics.</summary>
    public const string Namespace = "LogDelivery";

    /// <summary>On alarms and topics: the alarm that they were made for.</summary>
    public const string Alarm = "logdelivery:alarm";

    /// <summary>On alarms: the preset.</summary>
    public const string Preset = "logdelivery:preset";

    /// <summary>On alarms: the log group.</summary>
    public const string LogGroup = "logdelivery:log-group";

    /// <summary>On alarms: the bucket that is watched.</summary>
    public const string Bucket = "logdelivery:bucket";

    /// <summary>On alarms: which subscriptions were made with it, as fingerprints; tags are no place for addresses.</summary>
    public const string Subscriptions = "logdelivery:subscriptions";

    /// <summary>
    /// On alarms: the beginning of the tags that name the trail which was told to record the bucket's data events; what they
    /// end in says which: <c>-writes</c>, <c>-reads</c> or <c>-all</c>.
    /// </summary>
    public const string DataEvents = "logdelivery:data-events";

    private const int MaxValueLength = 256;

    /// <summary>The tags of a new alarm, apart from those that tell what else was made with it.</summary>
    internal static Dictionary<string, string> Of(AlarmRequest request)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Alarm] = request.AlarmName,
            [LogGroup] = Shorten(request.LogGroupName),
        };
        if (request.Preset is { } preset)
        {
            tags[Preset] = preset.Id;
        }

        if (request.Values.BucketName is { } bucket)
        {
            tags[Bucket] = bucket;
        }

        return tags;
    }

    /// <summary>The fingerprint of an address.</summary>
    internal static string Fingerprint(string address)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant())), 0, 8).ToLowerInvariant();

    /// <summary>The tag that names the trail to which these data events were added.</summary>
    internal static string DataEventsOf(WatchedCalls calls) => $"{DataEvents}-{calls.ToString().ToLowerInvariant()}";

    internal static IReadOnlyList<string> FingerprintsOf(IReadOnlyDictionary<string, string> tags)
        => (tags.GetValueOrDefault(Subscriptions) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // A tag holds less than the longest names have; the beginning tells log groups apart well enough.
    private static string Shorten(string value) => value.Length <= MaxValueLength ? value : value[..MaxValueLength];
}
