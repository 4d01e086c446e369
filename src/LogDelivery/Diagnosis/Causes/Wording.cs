using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>The words that several rules use, so that the same thing has the same name everywhere.</summary>
internal static class Wording
{
    private const int MaxValues = 3;

    public static string DocumentName(PolicyTarget target) => target == PolicyTarget.Key ? "key policy" : "bucket policy";

    /// <summary>The configuring resource in words, from the ARN that requests carry.</summary>
    public static string SourceNoun(RequestContext context)
    {
        var arn = Known(context["aws:SourceArn"]);
        return Arn.TryParse(arn, out var parts)
            ? (parts.Service, parts.Resource) switch
            {
                ("cloudtrail", _) => "the trail",
                ("elasticloadbalancing", _) => "the load balancer",
                ("s3", var r) when !r.Contains('/', StringComparison.Ordinal) => "the source bucket",
                ("guardduty", _) => "the detector",
                ("ses", _) => "the receipt rule",
                ("logs", var r) when r.StartsWith("log-group:", StringComparison.Ordinal) => "the log group",
                ("logs", var r) when r.StartsWith("delivery-source:", StringComparison.Ordinal) => "the delivery source",
                _ => "the log source",
            }
            : "the log source";
    }

    /// <summary>The value as text, a known one or the form of one; empty when there is none.</summary>
    public static string Known(ContextValue value) => value.Knowledge switch
    {
        ContextKnowledge.Present => string.Join(", ", value.Values),
        ContextKnowledge.Like => value.Form!.ToString(),
        ContextKnowledge.OneOf => Known(value.Alternatives[0]),
        _ => string.Empty,
    };

    /// <summary>The values of a list: all of a short one, the beginning of a long one.</summary>
    public static string List(IReadOnlyList<string> values) => values.Count <= MaxValues
        ? string.Join(" or ", values)
        : $"{string.Join(", ", values.Take(MaxValues))} or one of {values.Count - MaxValues} more";

    /// <summary>A condition's place as a person would find it: <c>Condition.StringEquals.aws:SourceArn</c>.</summary>
    public static string Place(Condition condition) => $"Condition.{condition.Operator}.{condition.Key}";

    /// <summary>A sentence as part of another.</summary>
    public static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    /// <summary>The guard of a documented grant as a policy has it, without the braces around the condition block.</summary>
    public static string Guard(Grant grant)
        => string.Join(", ", grant.Conditions
            .Where(c => c.Key.StartsWith("aws:Source", StringComparison.OrdinalIgnoreCase))
            .GroupBy(c => c.Operator)
            .Select(g => $"\"{g.Key}\": {{{string.Join(", ", g.Select(c => $"\"{c.Key}\": \"{c.Values[0]}\""))}}}"));
}
