namespace LogDelivery.Sources;

/// <summary>
/// One statement that a source's documentation asks for, with placeholders in braces:
/// <c>{partition} {region} {account} {bucket} {prefix} {org} {sourceArn} {keyArn} {role}</c>. <c>{prefix}</c> is the key
/// prefix with the slash that the source puts behind it, or nothing.
/// </summary>
internal sealed record GrantTemplate
{
    /// <summary>The statement's id in the documentation.</summary>
    public required string Sid { get; init; }

    /// <summary>The actions as documented; wildcards are allowed, as in <c>kms:GenerateDataKey*</c>.</summary>
    public required string[] Actions { get; init; }

    /// <summary>Below the bucket's ARN: empty for the bucket itself, else a key pattern such as <c>{prefix}AWSLogs/{account}/*</c>.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>The conditions as documented, beside the guard.</summary>
    public ConditionTemplate[] Conditions { get; init; } = [];

    /// <summary>Concrete calls that stand for all that the grant is for.</summary>
    public required CallTemplate[] Calls { get; init; }

    /// <summary>Whether the delivery needs this grant; always when null.</summary>
    public Func<Delivery, bool>? When { get; init; }

    /// <summary>Whether the request carries the header <c>x-amz-acl: bucket-owner-full-control</c>.</summary>
    public bool SendsAcl { get; init; }

    /// <summary>True for calls that a source makes but does not need; a refusal is only noise in logs and metrics.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A condition of a grant; values have placeholders.</summary>
internal sealed record ConditionTemplate(string Operator, string Key, params string[] Values);

/// <summary>A concrete call: what it is for, its action, and its object key (empty for the bucket or the KMS key).</summary>
internal sealed record CallTemplate(string Name, string Action, string Key = "")
{
    /// <summary>Context keys that this call carries beside those of every call, with placeholders in the values.</summary>
    public (string Key, string Value)[] Context { get; init; } = [];

    /// <summary>Whether the delivery makes this call; always when null.</summary>
    public Func<Delivery, bool>? When { get; init; }
}
