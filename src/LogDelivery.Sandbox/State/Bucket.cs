using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.State;

/// <summary>A bucket with its policy, settings and objects.</summary>
internal sealed class Bucket(string name, string owner, string region, DateTimeOffset created)
{
    public string Name { get; } = name;

    /// <summary>The owner's account.</summary>
    public string Owner { get; } = owner;

    public string Region { get; } = region;

    public DateTimeOffset Created { get; } = created;

    public string Arn => $"arn:{SandboxState.PartitionOf(Region)}:s3:::{Name}";

    public StoredPolicy Policy { get; } = new(PolicyKind.Bucket);

    public BucketConfiguration Configuration { get; } = new();

    public ObjectStore Objects { get; } = new();

    /// <summary>The uploads in parts that are not complete, by id.</summary>
    public SortedDictionary<string, MultipartUpload> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines for the access log, until they are delivered.</summary>
    public List<string> AccessLogLines { get; } = [];

    /// <summary>The canonical user id of an account: any 64 digits that stay the same will do.</summary>
    public static string CanonicalIdOf(string account)
        => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"canonical-user/{account}"))).ToLowerInvariant();

    /// <summary>The settings as the engine takes them.</summary>
    /// <param name="keyState">The state of the KMS key in play, if there is one.</param>
    public BucketSettings ToSettings(string? keyState) => new()
    {
        Region = Region,
        AccountId = Owner,
        Encryption = Configuration.Encryption,
        KmsKeyId = Configuration.KmsKeyId,
        BucketKeyEnabled = Configuration.BucketKeyEnabled,
        ObjectLockEnabled = Configuration.ObjectLockEnabled,
        ObjectLockDefaultRetention = Configuration.ObjectLockDefaultRetention,
        RequesterPays = Configuration.RequesterPays,
        ObjectOwnership = Configuration.Ownership,
        KeyState = keyState,
    };
}
