using LogDelivery.Policies;

namespace LogDelivery.Trails;

/// <summary>Builds the context of the requests that CloudTrail makes to topics and roles on behalf of a trail.</summary>
internal static class TrailContext
{
    public const string Service = "cloudtrail.amazonaws.com";

    /// <summary>The context of a trail's requests.</summary>
    public static RequestContext Of(string trailArn)
    {
        var account = Arn.TryParse(trailArn, out var arn) ? arn.AccountId : string.Empty;
        return new(
        [
            new("aws:SourceArn", ContextValue.Of(trailArn)),
            new("aws:SourceAccount", ContextValue.Of(account)),
            new("aws:SecureTransport", ContextValue.Of("true")),
            new("aws:PrincipalIsAWSService", ContextValue.Of("true")),
            new("aws:PrincipalServiceName", ContextValue.Of(Service)),
            new("aws:SourceOwner", ContextValue.Absent),
            new("aws:PrincipalOrgID", ContextValue.Absent),
        ],
        ContextValue.Unknown);
    }
}
