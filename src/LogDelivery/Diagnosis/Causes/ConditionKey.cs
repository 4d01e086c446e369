using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>The condition keys that rules know, and what can be said about a condition on one.</summary>
internal static class ConditionKey
{
    public const string SourceArn = "aws:sourcearn";
    public const string SourceAccount = "aws:sourceaccount";
    public const string Acl = "s3:x-amz-acl";

    private static readonly string[] Source = [SourceArn, SourceAccount, "aws:sourceorgid", "aws:sourceorgpaths"];

    public static bool Is(Condition? condition, params ReadOnlySpan<string> keys) => condition is not null && keys.Contains(condition.LowerCaseKey);

    /// <summary>Whether the condition is about whose the configuring resource is.</summary>
    public static bool IsSource(Condition condition) => Array.IndexOf(Source, condition.LowerCaseKey) >= 0;

    public static bool IsEncryptionHeader(Condition condition) => condition.LowerCaseKey.StartsWith("s3:x-amz-server-side-encryption", StringComparison.Ordinal);

    public static bool IsEncryptionContext(Condition condition) => condition.LowerCaseKey.StartsWith("kms:encryptioncontext", StringComparison.Ordinal);

    /// <summary>Whether the condition fails only because its operator takes a wildcard for a plain character.</summary>
    public static bool HasLiteralWildcard(Condition condition, RequestContext context)
    {
        if (condition.Op is not { Type: ConditionType.Text, Wildcards: false, Negated: false } || context[condition.Key] is not { Knowledge: ContextKnowledge.Present } value)
        {
            return false;
        }

        return condition.Values
            .Where(v => v.AsSpan().ContainsAny('*', '?'))
            .Select(v => Pattern.Compile(v, wildcards: true, variables: false))
            .Any(p => value.Values.All(v => p.IsMatch(v)));
    }
}
