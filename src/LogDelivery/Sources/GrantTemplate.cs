namespace LogDelivery.Sources;

/// <summary>
/// One statement that a source's documentation asks for, with placeholders in braces:
/// <c>{partition} {region} {account} {accountSegment} {bucket} {prefix} {org} {sourceArn} {sourceBucket} {keyArn}
/// {keyRegion} {role}</c>. <c>{prefix}</c> is what the keys begin with: the configured prefix with whatever the source puts
/// behind it (<see cref="KeyPrefixStyle"/>).
/// </summary>
internal sealed record GrantTemplate
{
    /// <summary>The statement's id in the documentation; one of ours where the documentation gives none.</summary>
    public required string Sid { get; init; }

    /// <summary>The actions as documented; wildcards are allowed, as in <c>kms:GenerateDataKey*</c>.</summary>
    public required string[] Actions { get; init; }

    /// <summary>Below the bucket's ARN: empty for the bucket itself, else a key pattern such as <c>{prefix}AWSLogs/{account}/*</c>.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>The conditions as documented, beside the guard.</summary>
    public ConditionTemplate[] Conditions { get; init; } = [];

    /// <summary>Replaces the source's guard for a statement that the documentation guards otherwise, or not at all.</summary>
    public ConditionTemplate[]? Guard { get; init; }

    /// <summary>Concrete calls that stand for all that the grant is for.</summary>
    public required CallTemplate[] Calls { get; init; }

    /// <summary>Whether the delivery needs this grant; always when null.</summary>
    public Func<Delivery, bool>? When { get; init; }

    /// <summary>
    /// Whether the request carries the header <c>x-amz-acl: bucket-owner-full-control</c>; null where that is not
    /// documented.
    /// </summary>
    public bool? SendsAcl { get; init; } = false;

    /// <summary>True for calls that a source makes but does not need; a refusal is only noise in logs and metrics.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The permission in the bucket's ACL that stands for this grant, for a source that is a grantee there.</summary>
    public string? AclPermission { get; init; }
}

/// <summary>A condition of a grant; values have placeholders. The value <c>{sourceArn}</c> stands for every source ARN.</summary>
internal sealed record ConditionTemplate(string Operator, string Key, params string[] Values);

/// <summary>A concrete call: what it is for, its action, and its object key (empty for the bucket or the KMS key).</summary>
internal sealed record CallTemplate(string Name, string Action, string Key = "")
{
    /// <summary>Context keys that this call carries beside those of every call, with placeholders in the values.</summary>
    public (string Key, string Value)[] Context { get; init; } = [];

    /// <summary>Context keys of which nothing is documented for this call, though it is for others.</summary>
    public string[] UnknownKeys { get; init; } = [];

    /// <summary>Whether the delivery makes this call; always when null.</summary>
    public Func<Delivery, bool>? When { get; init; }
}

/// <summary>What a source makes of the configured prefix when it builds a key.</summary>
internal enum KeyPrefixStyle
{
    /// <summary>A folder: one slash follows, whether or not the prefix ends in one.</summary>
    Folder,

    /// <summary>A slash always follows, also one that is there already: the prefix <c>/</c> makes <c>//AWSLogs</c>.</summary>
    SlashAlways,

    /// <summary>The key goes on right behind the prefix; who wants a folder ends the prefix in a slash.</summary>
    Bare,
}
