using System.CommandLine;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Cli;

/// <summary>The options that say which deliveries are meant, shared by test-policy, repair-policy and new-policy.</summary>
internal sealed class DeliveryOptions
{
    private readonly Option<string[]> sources = SourceOption.Create("The delivery sources; those that the ARNs imply when absent");
    private readonly Option<string> bucket = new("--bucket") { Required = true, HelpName = "NAME", Description = "The name of the destination bucket." };
    private readonly Option<string[]> accounts = Many("--account", "ID", "The account that owns the trail, flow log, load balancer...");
    private readonly Option<string?> region = One("--region", "REGION", "The Region of the source; for a trail its home Region.");
    private readonly Option<string[]> trailArns = Many("--trail-arn", "ARN", "The ARN of the trail; it implies the source CloudTrail.");
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

    private Option[] Settings => [bucketRegion, bucketAccount, encryption, defaultKey, bucketKey, objectLock, retention, requesterPays, ownership, keyState];

    public void AddTo(Command command)
        => command.Add([sources, bucket, accounts, region, trailArns, sourceArns, keyPrefix, organizationId, kmsKeyArn, roleArn, hive, partitioned, .. Settings]);

    /// <summary>What is asked for.</summary>
    public DeliveryRequest Read(ParseResult result) => new()
    {
        Sources = result.GetValue(sources) ?? [],
        BucketName = result.GetRequiredValue(bucket),
        AccountIds = result.GetValue(accounts) ?? [],
        Region = result.GetValue(region),
        SourceArns = [.. result.GetValue(trailArns) ?? [], .. result.GetValue(sourceArns) ?? []],
        KeyPrefix = result.GetValue(keyPrefix),
        OrganizationId = result.GetValue(organizationId),
        KmsKey = result.GetValue(kmsKeyArn),
        RoleArn = result.GetValue(roleArn),
        HiveCompatiblePartitions = result.GetValue(hive),
        PartitionedPrefix = result.GetValue(partitioned),
        Bucket = new()
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

    /// <summary>What is asked for, to be completed by what AWS knows.</summary>
    public LiveRepairRequest ReadLive(ParseResult result)
    {
        LiveOptions.Refuse(result, "with --live the bucket's settings are read, not given", Settings);
        return RequestReport.Whole(Read(result).ResolveLive())[0];
    }

    public static PolicyDocument? ReadKeyPolicy(string? path) => path is null ? null : InputFile.ReadPolicy(path, PolicyKind.Key);

    private static Option<string?> One(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };

    private static Option<string[]> Many(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description, AllowMultipleArgumentsPerToken = true };
}
