namespace LogDelivery.Policies;

/// <summary>One concrete request: principal, action, resource and context. Immutable.</summary>
public sealed class PolicyRequest
{
    /// <summary>Creates a request.</summary>
    /// <param name="principal">The principal that makes it.</param>
    /// <param name="action">The action, such as <c>s3:PutObject</c>.</param>
    /// <param name="resource">The ARN of the resource, such as <c>arn:aws:s3:::bucket/key</c>.</param>
    /// <param name="context">The context keys; none when <see langword="null"/>.</param>
    public PolicyRequest(RequestPrincipal principal, string action, string resource, RequestContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentException.ThrowIfNullOrEmpty(resource);
        Principal = principal;
        Action = action;
        Resource = resource;
        Context = context ?? RequestContext.Empty;
    }

    /// <summary>The principal that makes the request.</summary>
    public RequestPrincipal Principal { get; }

    /// <summary>The action, such as <c>s3:PutObject</c>. Not case-sensitive.</summary>
    public string Action { get; }

    /// <summary>The ARN of the resource. Case-sensitive.</summary>
    public string Resource { get; }

    /// <summary>The context keys.</summary>
    public RequestContext Context { get; }

    /// <summary>The request in words: <c>cloudtrail.amazonaws.com s3:PutObject arn:aws:s3:::bucket/key</c>.</summary>
    public override string ToString() => $"{Principal} {Action} {Resource}";
}
