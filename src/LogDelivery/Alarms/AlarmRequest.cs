using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using LogDelivery.Patterns;
using LogDelivery.Policies;

namespace LogDelivery.Alarms;

/// <summary>An alarm as it is asked for.</summary>
internal sealed record AlarmRequest
{
    /// <summary>The most addresses that one alarm keeps account of.</summary>
    public const int MaxEmails = 10;

    private const int MaxNameLength = 255;

    private readonly string logGroupName = string.Empty;

    /// <summary>The preset; <see langword="null"/> for a pattern of the user's own.</summary>
    public AlarmPreset? Preset { get; init; }

    /// <summary>The filter pattern; with a preset it takes the place of the preset's and has to decide its samples alike.</summary>
    public string? FilterPattern { get; init; }

    /// <summary>The log group that receives the events, by its name; an ARN is shortened to it.</summary>
    public required string LogGroupName
    {
        get => logGroupName;
        init => logGroupName = NameOf(value);
    }

    /// <summary>What the preset is made for, the bucket among it.</summary>
    public PresetValues Values { get; init; } = new();

    /// <summary>The alarm's name; one that tells preset and bucket when <see langword="null"/>.</summary>
    public string? Name { get; init; }

    /// <summary>The topic to tell: the ARN of one that exists, or a name.</summary>
    public string? Topic { get; init; }

    /// <summary>Addresses to subscribe to the topic.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>How many events within a period set the alarm off.</summary>
    public int Threshold { get; init; } = 1;

    /// <summary>The length of a period: 60 seconds or a multiple of it.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Events of the user's own that the pattern has to catch.</summary>
    public IReadOnlyList<SampleEvent> Samples { get; init; } = [];

    /// <summary>Whether the trail that fills the log group is told to record the bucket's data events, which costs money.</summary>
    public bool AddDataEvents { get; init; }

    /// <summary>How many requests for objects of the bucket there are in a month, for the estimate; unknown when <see langword="null"/>.</summary>
    public long? RequestsPerMonth { get; init; }

    /// <summary>The pattern that is asked for.</summary>
    internal string PatternText => FilterPattern ?? Preset!.PatternFor(Values);

    /// <summary>The name of the alarm, of its metric filter and of its metric.</summary>
    internal string AlarmName => Name ?? $"LogDelivery-{Preset?.Id ?? HashOf(PatternText)}-{NamePart(Values.BucketName ?? LogGroupName)}";

    /// <summary>Checks everything that can be told without asking AWS, and parses the pattern.</summary>
    /// <exception cref="InvalidAlarmException">Something cannot be.</exception>
    /// <exception cref="FilterPatternException">CloudWatch Logs does not take the pattern.</exception>
    public FilterPattern Check()
    {
        Demand(Preset is not null || FilterPattern is not null, "Give a preset or a filter pattern.");
        Demand(LogGroupName.Length is > 0 and <= 512 && LogGroupName.All(c => char.IsAsciiLetterOrDigit(c) || "._-/#".Contains(c, StringComparison.Ordinal)), $"'{LogGroupName}' is no name of a log group: letters, digits and . _ - / # only.");
        Values.Check();
        Demand(Threshold >= 1, "The threshold is 1 or more: with 0, silence would set the alarm off.");
        Demand(Period.TotalSeconds is >= 60 and <= 86_400 && Period.TotalSeconds % 60 == 0, "The period is a multiple of 60 seconds, a day at most.");
        Demand(AlarmName.Length is > 0 and <= MaxNameLength && AlarmName.All(c => c is > ' ' and < '\x7f' or ' ') && !AlarmName.AsSpan().ContainsAny(':', '*', '$'), $"'{AlarmName}' is no name for an alarm and its metric: 1 to {MaxNameLength} printable ASCII characters without : * $.");
        Demand(Topic is null || (Arn.TryParse(Topic, out var arn) ? arn.Service == "sns" : IsTopicName(Topic)), $"'{Topic}' is neither the ARN of a topic nor a name for one: letters, digits, - and _ only.");
        Demand(Emails.Count <= MaxEmails, $"At most {MaxEmails} addresses; give a topic, and subscribe the others to it.");
        foreach (var address in Emails)
        {
            CheckAddress(address);
        }

        Demand(!AddDataEvents || Values.BucketName is not null, "Data events are added for a bucket: give its name.");
        return Patterns.FilterPattern.Parse(PatternText);
    }

    internal static void CheckAddress(string address)
        => Demand(MailAddress.TryCreate(address, out var parsed) && parsed.Address == address, $"'{address}' is no e-mail address.");

    /// <summary>Makes the part of a name from a bucket's or log group's: nothing that some service would refuse.</summary>
    internal static string NamePart(string text)
    {
        var part = new string([.. text.Trim('/').Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);

        // Log groups may have names twice as long as alarms may.
        return part.Length <= 180 ? part : $"{part[..170]}-{HashOf(text)}";
    }

    // Trails name their log group by the ARN, with :* at its end.
    private static string NameOf(string nameOrArn)
        => Arn.TryParse(nameOrArn, out var arn) && arn.Service == "logs" && arn.Resource.StartsWith("log-group:", StringComparison.Ordinal)
            ? arn.Resource["log-group:".Length..].TrimEnd('*').TrimEnd(':')
            : nameOrArn;

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 4).ToLowerInvariant();

    private static bool IsTopicName(string name)
        => name.Length is > 0 and <= 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    internal static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidAlarmException(message);
        }
    }
}
