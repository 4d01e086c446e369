using System.Text.RegularExpressions;

namespace LogDelivery.Sources;

/// <summary>A parameter that a source's configuration has and a test of it needs.</summary>
/// <param name="Name">The parameter's name, as cmdlets and the command line have it.</param>
/// <param name="IsRequired">Whether nothing can be said without it.</param>
/// <param name="Description">What it is.</param>
public sealed record DeliverySourceParameter(string Name, bool IsRequired, string Description);

/// <summary>What a destination bucket must and must not be for a source.</summary>
public sealed record BucketConstraints
{
    /// <summary>The kinds of default encryption that work.</summary>
    public IReadOnlyList<BucketEncryption> Encryption { get; init; } = [BucketEncryption.SseS3, BucketEncryption.SseKms];

    /// <summary>Whether SSE-KMS with a customer managed key is demanded (GuardDuty, Macie).</summary>
    public bool RequiresKmsKey { get; init; }

    /// <summary>Whether the bucket must be in the source's Region.</summary>
    public bool SameRegion { get; init; }

    /// <summary>Whether the bucket must belong to the source's account.</summary>
    public bool SameAccount { get; init; }

    /// <summary>Whether a default retention of Object Lock stops the delivery.</summary>
    public bool ForbidsObjectLockRetention { get; init; }

    /// <summary>Whether Object Lock must be off altogether.</summary>
    public bool ForbidsObjectLock { get; init; }

    /// <summary>Whether a Requester Pays bucket is refused.</summary>
    public bool ForbidsRequesterPays { get; init; }

    /// <summary>Whether ACLs must be on (the source is an ACL grantee).</summary>
    public bool RequiresAcls { get; init; }

    /// <summary>Whether ACLs must be off.</summary>
    public bool RequiresAclsOff { get; init; }

    /// <summary>Whether the source does not deliver into Regions that have to be opted in to.</summary>
    public bool ForbidsOptInRegions { get; init; }

    /// <summary>What the bucket's name must begin with, or <see langword="null"/>.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Whether the bucket's name may not hold dots.</summary>
    public bool ForbidsDotsInName { get; init; }

    /// <summary>Whether the configured prefix may not hold <c>AWSLogs</c>.</summary>
    public bool ForbidsAwsLogsInPrefix { get; init; }

    /// <summary>The longest prefix in characters, or <see langword="null"/> where no limit is documented.</summary>
    public int? MaxPrefixLength { get; init; }
}

/// <summary>
/// A delivery source: a service feature that writes log objects into S3, with everything that its documentation says it
/// needs. Immutable. The facts are data in <c>Sources/Catalog</c>, one file a source.
/// </summary>
public sealed class DeliverySource
{
    internal DeliverySource(string id) => Id = id;

    /// <summary>The stable id, such as <c>CloudTrail</c>. Not case-sensitive where users give it.</summary>
    public string Id { get; }

    /// <summary>The name that AWS uses.</summary>
    public required string Name { get; init; }

    /// <summary>Whose identity writes.</summary>
    public DeliveryFamily Family { get; init; } = DeliveryFamily.ServicePrincipal;

    /// <summary>The principal with placeholders: a service principal, or the ARN of the role, or a canonical user id.</summary>
    public required string Principal { get; init; }

    /// <summary>The principal in Regions that have to be opted in to, where it differs.</summary>
    public string? OptInPrincipal { get; init; }

    /// <summary>The name of the status API, or <see langword="null"/> where AWS has none for this source.</summary>
    public string? StatusApi { get; init; }

    /// <summary>The management calls that set, end or describe the destination.</summary>
    internal ManagementCallSet ManagementCalls { get; init; } = new(string.Empty);

    /// <summary>How soon objects arrive, as documented.</summary>
    public required string Latency { get; init; }

    /// <summary>
    /// How long after the destination was set the first object may take, by what AWS documents. <see langword="null"/> where
    /// nothing is documented, or where only what people do makes an object: then a missing object tells nothing.
    /// </summary>
    internal TimeSpan? FirstObjectWithin { get; init; }

    /// <summary>The layout of the object keys, with placeholders.</summary>
    public required string KeyLayout { get; init; }

    /// <summary>The part of the layout that is the date, as a .NET format string in UTC; <see langword="null"/> where only file names carry it.</summary>
    public string? KeyDateFormat { get; init; }

    /// <summary>
    /// The layout when <see cref="Delivery.HiveCompatiblePartitions"/> is on; <see langword="null"/> where the source has no
    /// such option.
    /// </summary>
    public string? HiveKeyLayout { get; init; }

    /// <summary>The date in <see cref="HiveKeyLayout"/>, as <see cref="KeyDateFormat"/>.</summary>
    public string? HiveKeyDateFormat { get; init; }

    /// <summary>What the bucket must and must not be.</summary>
    public BucketConstraints Constraints { get; init; } = new();

    /// <summary>The parameters that a test needs beside bucket, account and Region.</summary>
    public IReadOnlyList<DeliverySourceParameter> Parameters { get; init; } = [];

    /// <summary>The AWS page that the entry was written from.</summary>
    public required Uri Documentation { get; init; }

    /// <summary>What surprises people, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The actions that a delivery needs, optional ones left out.</summary>
    public IReadOnlyList<string> Calls => [.. Grants.Where(g => !g.IsOptional).SelectMany(g => g.Calls).Select(c => c.Action).Distinct()];

    /// <summary>
    /// The forms of the configuring resource's ARN, with placeholders and wildcards; a request carries one of them. Empty
    /// where it is not documented what requests carry.
    /// </summary>
    internal string[] SourceArns { get; init; } = [];

    /// <summary>Whether the wildcard at the end of the source ARN is what requests carry, to the letter.</summary>
    internal bool SourceArnIsLiteral { get; init; }

    /// <summary>The folders behind the account's in <see cref="KeyLayout"/> that tell the source of a key; empty where none does.</summary>
    internal string[] KeyFolders { get; init; } = [];

    /// <summary>What tells the source within a file name where several share a folder.</summary>
    internal string? KeyFileMark { get; init; }

    /// <summary>The names of its files, where the folder may be configured away and the name still tells the source.</summary>
    internal Regex? KeyFilePattern { get; init; }

    /// <summary>
    /// Reads keys that have no <c>AWSLogs</c> folder, by the groups <c>prefix</c>, <c>account</c>, <c>region</c> and
    /// <c>bucket</c> (the bucket that the logs are about); those that the key does not tell are not matched.
    /// </summary>
    internal Regex? KeyPattern { get; init; }

    /// <summary>The folders behind the account's that stand in place of a Region for logs of resources without one; their settings live in us-east-1.</summary>
    internal string? GlobalKeyFolder { get; init; }

    /// <summary>Whether the entry stands for all services that deliver so and have no entry of their own.</summary>
    internal bool StandsForOthers { get; init; }

    /// <summary>Whether the logs are the requests to a bucket, and that bucket is the configuring resource.</summary>
    internal bool LogsBucketRequests { get; init; }

    /// <summary>Replaces <see cref="Delivery.Region"/> in the partition <c>aws</c> for a source with one control plane.</summary>
    internal string? ControlRegion { get; init; }

    /// <summary>What the source makes of the configured prefix.</summary>
    internal KeyPrefixStyle PrefixStyle { get; init; }

    /// <summary>The prefix of keys when none is configured, with placeholders.</summary>
    internal string? DefaultPrefix { get; init; }

    /// <summary>The AWS accounts that wrote before there was a service principal, one a Region; null without any.</summary>
    internal LegacyAccountTable? LegacyAccounts { get; init; }

    /// <summary>Whether a policy that names the account of the Region in place of the service principal still lets the source in.</summary>
    internal bool LegacyAccountsWrite { get; init; }

    /// <summary>
    /// Whether AWS documented policies that name an account: then a statement for any whole account is taken for one that was
    /// meant for the source.
    /// </summary>
    internal bool PoliciesNameAccounts { get; init; }

    /// <summary>The canonical user that writes; null where none does, or AWS does not publish it.</summary>
    internal string? CanonicalUserId { get; init; }

    /// <summary>The service principal that uses a role of the customer's to write, as logs name it; null where it is <see cref="Principal"/>.</summary>
    internal string? ServiceThatUsesRole { get; init; }

    /// <summary>Whether the source tries a role of the customer's before its service principal (AWS Config).</summary>
    internal bool TriesRoleFirst { get; init; }

    /// <summary>
    /// Whether the service itself uses the role, from networks of AWS's own: then no address, VPC or endpoint of a customer's is
    /// on the request.
    /// </summary>
    internal bool RoleIsUsedInsideAws { get; init; }

    /// <summary>Whether requests are known to carry <c>aws:SourceAccount</c>.</summary>
    internal bool SendsSourceAccount { get; init; } = true;

    /// <summary>
    /// Whether the source sends the encryption headers itself (GuardDuty, Macie) instead of relying on the bucket's
    /// default; null where that is not documented.
    /// </summary>
    internal bool? SendsEncryptionHeaders { get; init; } = false;

    /// <summary>Whether the source's own configuration can name a KMS key, so that the default key of the bucket does not come into play.</summary>
    internal bool HasKeySetting { get; init; }

    /// <summary>Whether the documentation rules dual-layer encryption out, and is not only silent about it.</summary>
    internal bool RefusesDualLayerEncryption { get; init; }

    /// <summary>Whether what requests carry as <c>aws:SourceOrgID</c> is contested.</summary>
    internal bool SourceOrgIdIsContested { get; init; }

    /// <summary>The guard against a confused deputy that every grant of the source carries.</summary>
    internal ConditionTemplate[] Guard { get; init; } = [];

    /// <summary>The guard when the configuring resource's ARN is not known; the same as <see cref="Guard"/> when null.</summary>
    internal ConditionTemplate[]? GuardWithoutSourceArn { get; init; }

    internal GrantTemplate[] Grants { get; init; } = [];

    /// <summary>The grants in the policy of the KMS key, when the logs are encrypted with a customer's key.</summary>
    internal GrantTemplate[] KeyGrants { get; init; } = [];

    /// <summary>The guard of <see cref="KeyGrants"/>; the same as <see cref="Guard"/> when null.</summary>
    internal ConditionTemplate[]? KeyGuard { get; init; }

    /// <summary>The principal in the key policy where it differs from the one in the bucket policy.</summary>
    internal string? KeyPrincipal { get; init; }

    /// <summary>
    /// The statements that a delivery needs, as the documentation has them. Grants in the bucket's ACL are not among them;
    /// the calls name them (<see cref="Grant.AclPermission"/>).
    /// </summary>
    /// <param name="delivery">The configured delivery.</param>
    /// <exception cref="ArgumentException">The delivery is not well-formed, or a required parameter is missing.</exception>
    public IReadOnlyList<Grant> GetGrants(Delivery delivery) => new DeliveryExpansion(this, delivery).Grants;

    /// <summary>The concrete calls that a delivery makes.</summary>
    /// <param name="delivery">The configured delivery.</param>
    /// <exception cref="ArgumentException">The delivery is not well-formed, or a required parameter is missing.</exception>
    public IReadOnlyList<RequiredCall> GetRequiredCalls(Delivery delivery) => new DeliveryExpansion(this, delivery).Calls;

    /// <summary>The source's id.</summary>
    public override string ToString() => Id;
}
