using LogDelivery.Findings;
using LogDelivery.Streams;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>
/// One link of the chain from a log group through Firehose into a bucket, and how it fares. Every property can be set, so that
/// scripts and their tests can make such objects of their own.
/// </summary>
public sealed record StreamLinkRow
{
    /// <summary>The place in the order of the flow, from 1 on.</summary>
    public int Step { get; init; }

    /// <summary>The link.</summary>
    public string Link
    {
        get => LinkValue.ToString();
        init => LinkValue = EnumWord.Parse<StreamLink>(value);
    }

    internal StreamLink LinkValue { get; init; }

    /// <summary>How it fares.</summary>
    public string State
    {
        get => StateValue.ToString();
        init => StateValue = EnumWord.Parse<StreamLinkState>(value);
    }

    internal StreamLinkState StateValue { get; init; } = StreamLinkState.Unknown;

    /// <summary>The Firehose stream.</summary>
    public string DeliveryStreamName { get; init; } = string.Empty;

    /// <summary>The stream's ARN.</summary>
    public string DeliveryStreamArn { get; init; } = string.Empty;

    /// <summary>The log group, in the rows of its subscription.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>What was looked at: the ARN or name of the group, role, stream, bucket or key.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The policy and the statement that decide, such as <c>inline policy "write" Statement[0] "Objects"</c>; <see langword="null"/> when none does.</summary>
    public string? Statement { get; init; }

    /// <summary>The setting that decides, such as <c>CompressionFormat</c>; <see langword="null"/> when none does.</summary>
    public string? Setting { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>What to do; <see langword="null"/> when nothing has to be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>What AWS shows of it: errors, times, objects; <see langword="null"/> when nothing was seen.</summary>
    public string? Observed { get; init; }

    /// <summary>The findings, worst first.</summary>
    public Finding[] Findings { get; init; } = [];

    /// <summary>The ids of <see cref="Findings"/> on one line, for spreadsheets and filters.</summary>
    public string CauseId => FindingText.Ids(Findings);

    /// <summary>Titles and evidence of <see cref="Findings"/> on one line.</summary>
    public string CauseText => FindingText.Texts(Findings);

    /// <summary>The calls that were judged.</summary>
    public StreamCallRow[] Calls { get; init; } = [];

    /// <summary>The IAM actions that the caller lacks to tell more.</summary>
    public string[] MissingPermissions { get; init; } = [];
}
