namespace LogDelivery.Policies;

/// <summary>The decision of a policy about one request.</summary>
public enum Verdict
{
    /// <summary>A statement allows the request and none denies it.</summary>
    Allowed,

    /// <summary>A Deny statement matches the request. It wins over every Allow.</summary>
    ExplicitDeny,

    /// <summary>No statement allows the request.</summary>
    ImplicitDeny,

    /// <summary>The decision depends on something unknown, which the reason names.</summary>
    Unknown,
}

/// <summary>The effect of a statement on the requests that it matches: Allow or Deny.</summary>
public enum PolicyEffect
{
    /// <summary>The statement grants access.</summary>
    Allow,

    /// <summary>The statement refuses access, whatever others grant.</summary>
    Deny,
}

/// <summary>The version of the policy language, from the document's <c>Version</c> element.</summary>
public enum PolicyLanguageVersion
{
    /// <summary><c>2008-10-17</c>, also the default of a document that names none: <c>${...}</c> is plain text.</summary>
    V2008,

    /// <summary><c>2012-10-17</c>: policy variables are replaced by their values.</summary>
    V2012,
}

/// <summary>The resource that a policy is attached to. It decides which actions and resources make sense in it.</summary>
public enum PolicyKind
{
    /// <summary>Any resource policy: only the grammar is checked.</summary>
    Any,

    /// <summary>An S3 bucket policy: <c>s3:</c> actions on one bucket, at most 20,480 bytes.</summary>
    Bucket,

    /// <summary>A KMS key policy: <c>kms:</c> actions, at most 32,768 bytes.</summary>
    Key,

    /// <summary>
    /// An identity policy of a role or user, or its permissions boundary: without <c>Principal</c>, and with a
    /// <c>Resource</c> in each statement.
    /// </summary>
    Identity,

    /// <summary>The trust policy of a role: <c>sts:</c> actions and no <c>Resource</c>, as it is about the role that has it.</summary>
    Trust,
}

/// <summary>
/// The answer of <see cref="PolicyDocument.Evaluate"/>: the verdict and the statement that decided it.
/// </summary>
/// <param name="Verdict">The verdict of the policy.</param>
/// <param name="StatementIndex">Zero-based index of the deciding statement, or -1 where no statement decided.</param>
internal readonly record struct Decision(Verdict Verdict, int StatementIndex);
