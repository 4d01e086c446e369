using System.Text.Json.Nodes;
using System.Xml.Linq;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>Creates the resources of a scenario, such as buckets, keys and trails, in the state of the sandbox.</summary>
internal sealed class ScenarioResources(SandboxState state)
{
    private static readonly XNamespace S3 = BucketConfiguration.Namespace;

    public void Add(ScenarioKey item)
    {
        var (account, region) = (item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
        var key = new KmsKey(item.Id, account, region, state.Now) { KeyState = item.State ?? "Enabled" };
        var document = ScenarioPolicy.Parse(item.Policy, PolicyKind.Key, item.Id) ?? PolicyDocument.Parse(DefaultPolicies.Key(account, region), PolicyKind.Key);
        key.Policy.Set(document.Text, document);
        state.AccountOf(account).Keys[key.Arn] = key;
        if (item.Alias is { } alias)
        {
            state.AccountOf(account).KeyAliases[$"{region}/{(alias.StartsWith("alias/", StringComparison.Ordinal) ? alias : $"alias/{alias}")}"] = key.Arn;
        }
    }

    public void Add(ScenarioBucket item)
    {
        var bucket = new Bucket(item.Name, item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion, state.Now);
        var document = ScenarioPolicy.Parse(item.Policy, PolicyKind.Bucket, item.Name);
        bucket.Policy.Set(document?.Text, document);
        if (item.KmsKeyId is { } key)
        {
            bucket.Configuration.Set("encryption", new XElement(
                S3 + "ServerSideEncryptionConfiguration",
                new XElement(
                    S3 + "Rule",
                    new XElement(S3 + "ApplyServerSideEncryptionByDefault", new XElement(S3 + "SSEAlgorithm", "aws:kms"), new XElement(S3 + "KMSMasterKeyID", key)),
                    new XElement(S3 + "BucketKeyEnabled", item.BucketKey ? "true" : "false"))));
        }

        if (item.RequesterPays)
        {
            bucket.Configuration.Set("requestPayment", new XElement(S3 + "RequestPaymentConfiguration", new XElement(S3 + "Payer", "Requester")));
        }

        if (item.ObjectLockRetention)
        {
            bucket.Configuration.Set("object-lock", new XElement(
                S3 + "ObjectLockConfiguration",
                new XElement(S3 + "ObjectLockEnabled", "Enabled"),
                new XElement(S3 + "Rule", new XElement(S3 + "DefaultRetention", new XElement(S3 + "Mode", "GOVERNANCE"), new XElement(S3 + "Days", 30)))));
        }

        if (item.Ownership is { } ownership)
        {
            bucket.Configuration.Set("ownershipControls", new XElement(S3 + "OwnershipControls", new XElement(S3 + "Rule", new XElement(S3 + "ObjectOwnership", ownership))));
        }

        if (item.BlockPublicAccess == false)
        {
            bucket.Configuration.Remove("publicAccessBlock");
        }

        if (item.Logging is { } log)
        {
            bucket.Configuration.Set("logging", new XElement(
                S3 + "BucketLoggingStatus",
                new XElement(S3 + "LoggingEnabled", new XElement(S3 + "TargetBucket", log.Bucket), new XElement(S3 + "TargetPrefix", log.Prefix ?? string.Empty))));
        }

        state.Buckets[item.Name] = bucket;
    }

    public void Add(ScenarioTopic item)
    {
        var topic = new Topic(item.Name, item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
        var document = ScenarioPolicy.Parse(item.Policy, PolicyKind.Any, item.Name);
        topic.Policy.Set(document?.Text, document);
        state.AccountOf(item.Account ?? state.DefaultAccount).Topics[topic.Arn] = topic;
    }

    public void Add(ScenarioRole item)
    {
        var account = item.Account ?? state.DefaultAccount;
        var role = new Role(item.Name, "/", account, state.Now) { TrustPolicy = item.Trust?.ToJsonString() ?? "{}" };
        foreach (var (name, policy) in item.Policies ?? [])
        {
            role.Policies[name] = policy.ToJsonString();
        }

        foreach (var (name, policy) in item.AttachedPolicies ?? [])
        {
            var managed = new ManagedPolicy(name, "/", account, state.Now) { Versions = { [1] = policy.ToJsonString() } };
            state.AccountOf(account).Policies[managed.Arn] = managed;
            role.AttachedPolicies.Add(managed.Arn);
        }

        state.AccountOf(account).Roles[item.Name] = role;
    }

    public void Add(ScenarioStream item)
    {
        var (account, region) = (item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
        var stream = new FirehoseStream(item.Name, StreamArn(item.Name, account, region), account, region, state.Now, item.Type, Services.FirehoseService.Described(item.Destination));
        state.AccountOf(account).Streams[stream.Arn] = stream;
    }

    public void Add(ScenarioLogGroup item)
    {
        var (account, region) = (item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
        var group = new SandboxLogGroup(item.Name, account, region, state.Now);
        foreach (var name in item.LogStreams)
        {
            group.Streams[name] = [];
        }

        foreach (var filter in item.Subscriptions)
        {
            if (!Patterns.FilterPattern.TryParse(filter.Pattern, out var pattern, out var error))
            {
                throw new ScenarioException($"The pattern of the filter {filter.Name} is not valid: {error.Message}", error);
            }

            group.SubscriptionFilters[filter.Name] = new(filter.Name, pattern, StreamArn(filter.Stream, account, region), filter.RoleArn, "ByLogStream", state.Now);
        }

        state.AccountOf(account).LogGroups[$"{region}/{item.Name}"] = group;
    }

    public void Add(ScenarioTrail item)
    {
        var account = item.Account ?? state.DefaultAccount;
        var trail = new SandboxTrail(item.Name, account, item.Region ?? state.DefaultRegion)
        {
            BucketName = item.Bucket,
            KeyPrefix = item.Prefix,
            KmsKeyArn = item.KmsKeyArn,
            IsMultiRegion = item.MultiRegion,
            IsOrganizationTrail = item.Organization,
            ValidatesLogFiles = item.Validation,
            TopicArn = item.TopicArn,
            LogGroupArn = item.LogGroupArn,
            LogGroupRoleArn = item.LogGroupRoleArn,
            IsLogging = item.Logging,
            Started = item.Logging ? state.Now : null,
        };
        if (item.DataEvents.Count > 0)
        {
            trail.EventSelectors = [new JsonObject
            {
                ["ReadWriteType"] = "All",
                ["IncludeManagementEvents"] = true,
                ["DataResources"] = new JsonArray(new JsonObject
                {
                    ["Type"] = "AWS::S3::Object",
                    ["Values"] = new JsonArray([.. item.DataEvents.Select(v => JsonValue.Create(v))]),
                }),
            }];
        }

        state.AccountOf(account).Trails[trail.Arn] = trail;
    }

    public void Add(ScenarioFlowLog item)
    {
        var account = item.Account ?? state.DefaultAccount;
        state.AccountOf(account).FlowLogs[item.Id] = new(item.Id, account, item.Region ?? state.DefaultRegion, state.Now)
        {
            ResourceId = item.ResourceId ?? "vpc-1234567890abcdef0",
            BucketName = item.Bucket,
            KeyPrefix = item.Prefix,
            LogDestination = $"arn:{SandboxState.PartitionOf(item.Region ?? state.DefaultRegion)}:s3:::{item.Bucket}{(item.Prefix is null ? string.Empty : $"/{item.Prefix}/")}",
            HiveCompatiblePartitions = item.Hive,
            PerHourPartition = item.PerHour,
        };
    }

    private static string StreamArn(string name, string account, string region)
        => $"arn:{SandboxState.PartitionOf(region)}:firehose:{region}:{account}:deliverystream/{name}";
}
