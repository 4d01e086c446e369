using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>The kinds of identity that write logs; they differ in the context keys that their requests carry.</summary>
internal enum CallerKind
{
    /// <summary>An AWS service by its service principal.</summary>
    Service,

    /// <summary>A role of the customer's.</summary>
    Role,

    /// <summary>An account of AWS's own that is no service principal: a legacy account, or a grantee of an ACL.</summary>
    AwsOwnedAccount,
}

/// <summary>Who makes a call.</summary>
internal sealed record Caller(CallerKind Kind, RequestPrincipal Principal);
