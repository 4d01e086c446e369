using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Repair;

namespace LogDelivery.Cli;

/// <summary>The options of a repair that reads from AWS and writes to it.</summary>
internal sealed class LiveOptions
{
    private const int DefaultWaitSeconds = 20 * 60;

    private readonly Option<bool> live = new("--live") { Description = "Read the policies from AWS, and write them to it." };
    private readonly AwsAccessOptions access = new();
    private readonly Option<bool> key = new("--include-key-policy") { Description = "With --live: the policy of the KMS key may be written as well." };
    private readonly Option<bool> topic = new("--include-topic-policy") { Description = "With --live: the policy of the trail's topic may be written as well." };
    private readonly Option<bool> role = new("--include-log-group-role") { Description = "With --live: the policies of the role of the trail's log group may be written as well." };
    private readonly Option<bool> wait = new("--wait") { Description = "With --live: wait for the next delivery." };
    private readonly Option<int?> waitTimeout = new("--wait-timeout") { HelpName = "SECONDS", Description = string.Create(CultureInfo.InvariantCulture, $"With --wait: for how long; {DefaultWaitSeconds} when not given.") };
    private readonly Option<int?> pollingInterval = new("--polling-interval") { HelpName = "SECONDS", Description = "With --wait: how long between two looks; 15 when not given." };

    private IEnumerable<Option> OnlyLive => [.. access.All, key, topic, role, wait, waitTimeout, pollingInterval];

    public void AddTo(Command command)
    {
        foreach (var option in OnlyLive.Prepend(live))
        {
            command.Options.Add(option);
        }
    }

    public bool IsLive(ParseResult result) => result.GetValue(live);

    /// <summary>Options that were given but have no place here.</summary>
    public static void Refuse(ParseResult result, string because, params IEnumerable<Option> options)
    {
        string[] given = [.. options.Where(o => result.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
        if (given.Length > 0)
        {
            throw new UserException($"{string.Join(", ", given)}: {because}.");
        }
    }

    public void RefuseAll(ParseResult result) => Refuse(result, "this goes with --live only", OnlyLive);

    public LiveRun Read(ParseResult result, RepairOptions repair)
    {
        var backups = access.ReadBackups(result);
        var isUnattended = access.IsUnattended(result);
        var timeout = Positive(result, waitTimeout) ?? DefaultWaitSeconds;
        return new(
            access.Read(result, null),
            new()
            {
                Repair = repair,
                ExpectedBucketOwner = access.ReadOwner(result),
                IncludeKeyPolicy = result.GetValue(key),
                IncludeTopicPolicy = result.GetValue(topic),
                IncludeLogGroupRole = result.GetValue(role),
                Backups = backups,
                Journal = access.ReadJournal(result, backups),
                WaitTimeout = result.GetValue(wait) ? TimeSpan.FromSeconds(timeout) : null,
                HistoryTimeout = result.GetValue(wait) ? TimeSpan.FromSeconds(timeout) : null,
                PollingInterval = TimeSpan.FromSeconds(Positive(result, pollingInterval) ?? 15),
            },
            new Confirmation(isUnattended, access.IsWhatIf(result)));
    }

    private static int? Positive(ParseResult result, Option<int?> option) => result.GetValue(option) switch
    {
        <= 0 => throw new UserException($"{option.Name}: give a number of seconds above 0."),
        var seconds => seconds,
    };
}

/// <summary>How a live run reaches AWS, what it may do, and who is asked.</summary>
internal sealed record LiveRun(AwsOptions Access, LiveRepairOptions Options, Confirmation Confirmation);
