using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>The same request made for somebody else: what a confused deputy would send.</summary>
internal static class ForeignRequest
{
    // AWS's own example account; no policy under test means it.
    private const string Account = "123456789012";

    public static PolicyRequest Of(PolicyRequest request)
    {
        var context = request.Context
            .With("aws:SourceArn", Foreign(request.Context["aws:SourceArn"]))
            .With("aws:SourceAccount", ContextValue.Of(Account))
            .With("aws:SourceOrgID", ContextValue.Of("o-foreign0000"))
            .With("aws:SourceOrgPaths", ContextValue.Of("o-foreign0000/r-fore/"));
        foreach (var (key, value) in request.Context.Entries.Where(e => e.Key.StartsWith("kms:encryptioncontext:aws:", StringComparison.Ordinal) && e.Key != "kms:encryptioncontext:aws:s3:arn"))
        {
            context = context.With(key, Foreign(value));
        }

        return new(request.Principal, request.Action, request.Resource, context);
    }

    private static ContextValue Foreign(ContextValue value)
    {
        if (!Arn.TryParse(Wording.Known(value), out var arn))
        {
            return ContextValue.Of($"arn:aws:foreign:us-east-1:{Account}:resource");
        }

        var resource = arn.Resource.Replace("*", "foreign", StringComparison.Ordinal);
        return ContextValue.Of((arn with
        {
            Region = arn.Region.Replace("*", "us-east-1", StringComparison.Ordinal),
            AccountId = arn.AccountId.Length == 0 ? string.Empty : Account,
            Resource = arn.AccountId.Length == 0 ? $"foreign-{resource}" : resource,
        }).ToString());
    }
}
