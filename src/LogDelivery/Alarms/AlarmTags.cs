using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Alarms;

/// <summary>
/// The tags by which alarms and topics are told from those that others made, and what is to be removed with an alarm. Metric
/// filters take no tags; those in the namespace <see cref="Namespace"/> are ours.
/// </summary>
public static class AlarmTags
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

    /// <summary>On alarms: the trail that was told to record the bucket's data events.</summary>
    public const string DataEvents = "logdelivery:data-events";

    private const int MaxValueLength = 256;

    /// <summary>The fingerprint of an address.</summary>
    internal static string Fingerprint(string address)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant())), 0, 8).ToLowerInvariant();

    internal static IReadOnlyList<string> FingerprintsOf(IReadOnlyDictionary<string, string> tags)
        => (tags.GetValueOrDefault(Subscriptions) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A value as far as a tag can hold it.</summary>
    internal static string Shorten(string value) => value.Length <= MaxValueLength ? value : value[..MaxValueLength];
}
