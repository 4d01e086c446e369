namespace LogDelivery.Sandbox.State;

/// <summary>An IAM role.</summary>
internal sealed class Role(string name, string path, string account, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Path { get; } = path;

    public DateTimeOffset Created { get; } = created;

    public string Arn { get; } = $"arn:aws:iam::{account}:role{path}{name}";

    public string TrustPolicy { get; set; } = string.Empty;

    /// <summary>Inline policies by name.</summary>
    public SortedDictionary<string, string> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARNs of the managed policies that are attached.</summary>
    public SortedSet<string> AttachedPolicies { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARN of the managed policy that bounds the others.</summary>
    public string? PermissionsBoundary { get; set; }
}

/// <summary>A managed policy of an account's own, with its versions; the first is <c>v1</c>.</summary>
internal sealed class ManagedPolicy(string name, string path, string account, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Path { get; } = path;

    public DateTimeOffset Created { get; } = created;

    public string Arn { get; } = $"arn:aws:iam::{account}:policy{path}{name}";

    public SortedDictionary<int, string> Versions { get; } = [];

    public int DefaultVersion { get; set; } = 1;

    /// <summary>The text that counts.</summary>
    public string Text => Versions[DefaultVersion];
}
