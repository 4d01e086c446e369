namespace LogDelivery.Policies;

/// <summary>The type of a principal, named as in a policy's <c>Principal</c> element.</summary>
public enum PrincipalType
{
    /// <summary>The request is not signed.</summary>
    Anonymous,

    /// <summary>An account, user, role or role session, by its ARN.</summary>
    Aws,

    /// <summary>An AWS service, by its service principal.</summary>
    Service,

    /// <summary>A web identity or SAML provider.</summary>
    Federated,

    /// <summary>An S3 canonical user id.</summary>
    CanonicalUser,
}

/// <summary>The principal that makes a request. Immutable.</summary>
public sealed class RequestPrincipal : IEquatable<RequestPrincipal>
{
    /// <summary>An unsigned request.</summary>
    public static readonly RequestPrincipal Anonymous = new(PrincipalType.Anonymous, "*", null, null);

    private RequestPrincipal(PrincipalType type, string id, string? accountId, string? assumedRoleName)
    {
        Type = type;
        Id = id;
        AccountId = accountId;
        AssumedRoleName = assumedRoleName;
    }

    /// <summary>The type of the principal.</summary>
    public PrincipalType Type { get; }

    /// <summary>The ARN, service principal, provider or canonical id; <c>*</c> for an unsigned request.</summary>
    public string Id { get; }

    /// <summary>The 12-digit account of an <see cref="PrincipalType.Aws"/> principal.</summary>
    public string? AccountId { get; }

    /// <summary>The role's name when the principal is a role session (<c>arn:aws:sts::...:assumed-role/NAME/SESSION</c>).</summary>
    internal string? AssumedRoleName { get; }

    /// <summary>A service principal such as <c>cloudtrail.amazonaws.com</c>.</summary>
    /// <param name="name">The service principal.</param>
    public static RequestPrincipal Service(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(PrincipalType.Service, name, null, null);
    }

    /// <summary>An IAM principal: a 12-digit account id (its root), or the ARN of a user, role or session.</summary>
    /// <param name="arnOrAccountId">The ARN or account id. Anything else is an <see cref="ArgumentException"/>.</param>
    public static RequestPrincipal Aws(string arnOrAccountId)
    {
        ArgumentException.ThrowIfNullOrEmpty(arnOrAccountId);
        if (Arn.IsAccountId(arnOrAccountId))
        {
            return new(PrincipalType.Aws, $"arn:aws:iam::{arnOrAccountId}:root", arnOrAccountId, null);
        }

        if (!Arn.TryParse(arnOrAccountId, out var arn))
        {
            throw new ArgumentException(
                $"'{arnOrAccountId}' is neither an ARN nor a 12-digit account id. Give the principal as arn:aws:iam::111122223333:role/NAME.",
                nameof(arnOrAccountId));
        }

        return new(PrincipalType.Aws, arnOrAccountId, arn.AccountId, arn.AssumedRoleName);
    }

    /// <summary>A federated identity, by its provider.</summary>
    /// <param name="provider">The provider's name or ARN.</param>
    public static RequestPrincipal Federated(string provider)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        return new(PrincipalType.Federated, provider, null, null);
    }

    /// <summary>An S3 canonical user.</summary>
    /// <param name="canonicalId">The canonical user id, 64 hexadecimal digits.</param>
    public static RequestPrincipal CanonicalUser(string canonicalId)
    {
        ArgumentException.ThrowIfNullOrEmpty(canonicalId);
        return new(PrincipalType.CanonicalUser, canonicalId, null, null);
    }

    /// <inheritdoc/>
    public bool Equals(RequestPrincipal? other) => other is not null && Type == other.Type && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RequestPrincipal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Id);

    /// <summary>The principal's id.</summary>
    public override string ToString() => Id;
}
