using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>What one miss of a statement says to a person, and the edit that mends it. Neither ends in a full stop.</summary>
internal sealed record Advice(string Says, string Edit)
{
    public static Advice On(ElementMiss miss, Refusal refusal) => miss.Element switch
    {
        StatementElement.Principal => OnPrincipal(refusal),
        StatementElement.Action => new(
            $"Action is {refusal.Statement!.Action}, {refusal.Request.Action} is not among them",
            $"Add \"{refusal.Request.Action}\" to the Action of {refusal.StatementName}"),
        StatementElement.Resource => OnResource(refusal),
        _ => OnCondition(miss.Condition!, refusal),
    };

    private static Advice OnPrincipal(Refusal refusal)
    {
        var principal = refusal.Request.Principal;
        var entry = $"\"{Grant.PrincipalName(principal.Type)}\": \"{principal.Id}\"";
        return new(
            PrincipalKinship.Describe(refusal.Statement!.Principal, refusal.Request, refusal.Delivery),
            $"Put {entry} into the Principal of {refusal.StatementName}");
    }

    private static Advice OnResource(Refusal refusal)
    {
        var difference = ResourceDifference.Find(refusal.Statement!, refusal.Call, refusal.Request);
        return new(difference.Says, difference.Edit);
    }

    private static Advice OnCondition(Condition condition, Refusal refusal)
    {
        var context = refusal.Request.Context;
        if (ConditionKey.HasLiteralWildcard(condition, context))
        {
            return OnLiteralWildcard(condition, refusal);
        }

        if (ConditionKey.IsEncryptionContext(condition) && condition.LowerCaseKey.EndsWith(":s3:arn", StringComparison.Ordinal))
        {
            return OnEncryptionContext(condition, refusal);
        }

        return (condition.LowerCaseKey, context[condition.Key].Knowledge) switch
        {
            (ConditionKey.Acl, _) => OnAcl(condition, refusal),
            (_, ContextKnowledge.Absent) => OnUnknowable(condition, refusal, $"{Whose(refusal)} never carry it"),
            (_, ContextKnowledge.Internal) => OnUnknowable(condition, refusal, $"{Whose(refusal)} carry a value of AWS's own there"),
            (ConditionKey.SourceArn, _) => OnSourceArn(condition, refusal),
            (ConditionKey.SourceAccount, _) => OnValue(condition, refusal, $"the deliveries come from {refusal.Delivery.AccountId}"),
            _ => OnValue(condition, refusal, $"the request carries {context[condition.Key]}"),
        };
    }

    private static string Whose(Refusal refusal) => refusal.Request.Principal.Type == PrincipalType.Service ? "requests of a service principal" : "these requests";

    private static Advice OnLiteralWildcard(Condition condition, Refusal refusal)
    {
        var op = condition.LowerCaseKey.EndsWith("arn", StringComparison.Ordinal) ? "ArnLike" : "StringLike";
        return new(
            $"{condition.Key} is compared by {condition.Operator}, to which * is a plain character: {Wording.List(condition.Values)} never equals {Wording.Known(refusal.Request.Context[condition.Key])}",
            $"Move {condition.Key} of {refusal.StatementName} from {condition.Operator} to {op}");
    }

    private static Advice OnAcl(Condition condition, Refusal refusal)
    {
        var carried = refusal.Request.Context[condition.Key];
        var what = carried.Knowledge == ContextKnowledge.Absent
            ? $"{refusal.Request.Principal} sends no ACL header"
            : $"{refusal.Request.Principal} sends {carried}";
        return new(
            $"{condition.Key} must be {Wording.List(condition.Values)}, but {what}",
            $"Remove {condition.Key} from {Wording.Place(condition)[..^(condition.Key.Length + 1)]} of {refusal.StatementName}");
    }

    private static Advice OnUnknowable(Condition condition, Refusal refusal, string why)
    {
        var guard = Wording.Guard(refusal.Call.Grant);
        var place = $"{Wording.Place(condition)} in {refusal.StatementName}";
        return new(
            $"{condition.Operator} {condition.Key} wants {Wording.List(condition.Values)}, but {why}",
            guard.Length == 0 ? $"Remove {place}" : $"Replace {place} by {guard}");
    }

    private static Advice OnSourceArn(Condition condition, Refusal refusal)
    {
        var context = refusal.Request.Context;
        var noun = Wording.SourceNoun(context);
        var value = context[condition.Key];
        var known = Wording.Known(value);
        var form = value.Knowledge == ContextKnowledge.Like ? "one of the form " : string.Empty;
        var difference = condition.Values is [var first, ..] && ArnDifference.Describe(first, known) is { } d ? $" ({d})" : string.Empty;
        return OnValue(condition, refusal, $"{noun} is {form}{known}{difference}", known);
    }

    private static Advice OnEncryptionContext(Condition condition, Refusal refusal)
    {
        var value = Wording.Known(refusal.Request.Context[condition.Key]);
        var says = refusal.Delivery.Bucket.BucketKeyEnabled == true
            ? $"with S3 Bucket Keys on it is the bucket's ARN {value}, not an object's"
            : $"the logs are written with {value}";
        return OnValue(condition, refusal, says, value);
    }

    private static Advice OnValue(Condition condition, Refusal refusal, string instead, string? value = null)
    {
        value ??= Wording.Known(refusal.Request.Context[condition.Key]);

        // The documentation may ask for a pattern where the request carries one value.
        value = refusal.Call.Grant.Conditions.FirstOrDefault(c => c.Key.Equals(condition.Key, StringComparison.OrdinalIgnoreCase))?.Values[0] ?? value;
        var wanted = Wording.List(condition.Values);
        var place = $"{Wording.Place(condition)} of {refusal.StatementName}";
        var hasWildcard = value.AsSpan().ContainsAny('*', '?');
        var like = hasWildcard && condition.Op is { Type: ConditionType.Text, Wildcards: false } ? ", and compare it by ArnLike" : string.Empty;
        var edit = (condition.Op.Negated, condition.Values.Count) switch
        {
            (true, _) => $"Remove {value} from {place}",
            (_, 1) => $"In {place} replace {wanted} by {value}{like}, or keep both in a list if the other still delivers here",
            _ => $"Add {value} to {place}{like}",
        };
        return new(
            condition.Op is { Negated: false, IfExists: false, Quantifier: SetQuantifier.None, Type: ConditionType.Text or ConditionType.Arn }
                ? $"{condition.Key} is {wanted}, {instead}"
                : $"{condition.Operator} {condition.Key} wants {wanted}, {instead}",
            value.Length == 0 ? $"Remove {place}" : edit);
    }
}
