using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>One policy that a chain from a log group through Firehose into a bucket needs.</summary>
public sealed record StreamPolicy
{
    /// <summary>Which one: <c>SubscriptionTrust</c>, <c>SubscriptionRole</c>, <c>StreamTrust</c>, <c>StreamRole</c>, <c>Bucket</c>, <c>Key</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What kind of document it is.</summary>
    public string Target
    {
        get => TargetValue.ToString();
        init => TargetValue = EnumWord.Parse<PolicyTarget>(value);
    }

    internal PolicyTarget TargetValue { get; init; }

    /// <summary>The ARN of what it is for.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The document.</summary>
    public string Document { get; init; } = string.Empty;

    /// <summary>The document.</summary>
    public override string ToString() => Document;
}
