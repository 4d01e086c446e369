using System.CommandLine;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Cli;

/// <summary>The options that say which deliveries are meant, shared by test-policy, repair-policy and new-policy.</summary>
/// <param name="sourceIsRequired">Whether the parser demands a source; where AWS is asked, trails may be found without one.</param>
internal sealed class DeliveryOptions(bool sourceIsRequired = true)
{
    private readonly Option<string[]> sources = Many("--source", "SOURCE", "A delivery source, such as CloudTrail or VpcFlowLogs; see 'logdelivery sources'.", sourceIsRequired);
    private readonly Option<string> bucket = new("--bucket") { Required = true, HelpName = "NAME", Description = "The name of the destination bucket." };
    private readonly Option<string[]> accounts = Many("--account", "ID", "The account that owns the trail, flow log, load balancer...");
    private readonly Option<string?> region = One("--region", "REGION", "The Region of the source; for a trail its home Region.");
    private readonly Option<string[]> trailArns = Many("--trail-arn", "ARN", "The ARN of the trail.");
    private readonly Option<string[]> sourceArns = Many("--source-arn", "ARN", "The ARN of another configuring resource: the detector, the source bucket, the load balancer...");
    private readonly Option<string?> keyPrefix = One("--key-prefix", "PREFIX", "The prefix as configured at the source.");
    private readonly Option<string?> organizationId = One("--organization-id", "o-ID", "The organization id, for an organization trail.");
    private readonly Option<string?> kmsKeyArn = One("--kms-key-arn", "ARN", "The KMS key that the logs are encrypted with.");
    private readonly Option<string?> roleArn = One("--role-arn", "ARN", "The role that writes, for sources that write with a role of yours.");
    private readonly Option<bool> hive = new("--hive") { Description = "The keys are laid out for Hive (flow logs, vended logs)." };
    private readonly Option<bool> partitioned = new("--partitioned-prefix") { Description = "S3 access logs: the target object key format is PartitionedPrefix." };
    private readonly Option<string?> bucketRegion = One("--bucket-region", "REGION", "The Region of the bucket.");
    private readonly Option<string?> bucketAccount = One("--bucket-account", "ID", "The account that owns the bucket.");
    private readonly Option<BucketEncryption?> encryption = new("--encryption") { Description = "The bucket's default encryption." };
    private readonly Option<string?> defaultKey = One("--default-kms-key", "KEY", "The key of the default encryption exactly as configured: ARN, id or alias.");
    private readonly Option<bool?> bucketKey = new("--bucket-key") { HelpName = "true|false", Description = "Whether S3 Bucket Keys are on." };
    private readonly Option<bool?> objectLock = new("--object-lock") { HelpName = "true|false", Description = "Whether Object Lock is on." };
    private readonly Option<bool?> retention = new("--object-lock-retention") { HelpName = "true|false", Description = "Whether Object Lock has a default retention." };
    private readonly Option<bool?> requesterPays = new("--requester-pays") { HelpName = "true|false", Description = "Whether the bucket is Requester Pays." };
    private readonly Option<ObjectOwnership?> ownership = new("--object-ownership") { Description = "The bucket's Object Ownership." };
    private readonly Option<string?> keyState = One("--key-state", "STATE", "The key's state as kms:DescribeKey reports it.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            sources, bucket, accounts, region, trailArns, sourceArns, keyPrefix, organizationId, kmsKeyArn, roleArn, hive, partitioned,
            bucketRegion, bucketAccount, encryption, defaultKey, bucketKey, objectLock, retention, requesterPays, ownership, keyState,
        })
        {
            command.Options.Add(option);
        }
    }

    public IReadOnlyList<Delivery> Read(ParseResult result)
    {
        var selection = new DeliverySelection
        {
            Sources = result.GetValue(sources) is { Length: > 0 } named ? named : throw new UserException("Option '--source' is required."),
            BucketName = result.GetRequiredValue(bucket),
            Accounts = result.GetValue(accounts) ?? [],
            Region = result.GetValue(region),
            SourceArns = [.. result.GetValue(trailArns) ?? [], .. result.GetValue(sourceArns) ?? []],
            KeyPrefix = result.GetValue(keyPrefix),
            OrganizationId = result.GetValue(organizationId),
            KmsKeyArn = result.GetValue(kmsKeyArn),
            RoleArn = result.GetValue(roleArn),
            HiveCompatiblePartitions = result.GetValue(hive),
            PartitionedPrefix = result.GetValue(partitioned),
            Bucket = new BucketSettings
            {
                Region = result.GetValue(bucketRegion),
                AccountId = result.GetValue(bucketAccount),
                Encryption = result.GetValue(encryption),
                KmsKeyId = result.GetValue(defaultKey),
                BucketKeyEnabled = result.GetValue(bucketKey),
                ObjectLockEnabled = result.GetValue(objectLock),
                ObjectLockDefaultRetention = result.GetValue(retention),
                RequesterPays = result.GetValue(requesterPays),
                ObjectOwnership = result.GetValue(ownership),
                KeyState = result.GetValue(keyState),
            },
        };
        try
        {
            var deliveries = selection.ToDeliveries();
            foreach (var delivery in deliveries)
            {
                // Finds out now whether a parameter that the source needs is missing.
                delivery.Source.GetRequiredCalls(delivery);
            }

            return deliveries;
        }
        catch (ArgumentException exception)
        {
            throw new UserException(exception.Message);
        }
    }

    /// <summary>What is asked for, to be completed by what AWS knows.</summary>
    public LiveRepairRequest ReadRequest(ParseResult result)
    {
        var named = SourceIds.Of(result.GetValue(sources));
        string[] settings = [.. new Option[] { bucketRegion, bucketAccount, encryption, defaultKey, bucketKey, objectLock, retention, requesterPays, ownership, keyState }
            .Where(o => result.GetResult(o) is not null)
            .Select(o => o.Name)];
        return settings.Length > 0
            ? throw new UserException($"{string.Join(", ", settings)}: with --live the bucket's settings are read, not given.")
            : new()
            {
                BucketName = result.GetRequiredValue(bucket),
                Sources = named,
                AccountIds = result.GetValue(accounts) ?? [],
                Region = result.GetValue(region),
                SourceArns = [.. result.GetValue(trailArns) ?? [], .. result.GetValue(sourceArns) ?? []],
                KeyPrefix = result.GetValue(keyPrefix),
                OrganizationId = result.GetValue(organizationId),
                KmsKeyId = result.GetValue(kmsKeyArn),
                RoleArn = result.GetValue(roleArn),
                HiveCompatiblePartitions = result.GetValue(hive),
                PartitionedPrefix = result.GetValue(partitioned),
            };
    }

    public static PolicyDocument? ReadKeyPolicy(string? path) => path is null ? null : InputFile.ReadPolicy(path, PolicyKind.Key);

    private static Option<string?> One(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };

    private static Option<string[]> Many(string name, string helpName, string description, bool required = false)
        => new(name) { HelpName = helpName, Description = description, Required = required, AllowMultipleArgumentsPerToken = true };
}
