using System.Text.Json.Nodes;
using System.Xml.Linq;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Control;

/// <summary>Brings a scenario about. Its documents are taken as they are: the checks of the APIs are not asked.</summary>
internal sealed class ScenarioLoader(SandboxState state, DeliveryClock clock)
{
    private static readonly XNamespace S3 = BucketConfiguration.Namespace;

    public void Load(Scenario scenario)
    {
        if (scenario.Time is { } time)
        {
            state.Now = time;
        }
        else if (scenario.MinutesAgo is { } minutes)
        {
            state.Now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddMinutes(-minutes).ToUnixTimeMilliseconds());
        }

        state.DefaultAccount = scenario.Account ?? state.DefaultAccount;
        state.DefaultRegion = scenario.Region ?? state.DefaultRegion;
        if (scenario.Regions is { Count: > 0 } regions)
        {
            state.EnabledRegions.Clear();
            state.EnabledRegions.AddRange(regions);
        }

        state.QuietRegions.UnionWith(scenario.QuietRegions);
        if (scenario.Organization is { } organization)
        {
            state.Organization = new(organization.Id, organization.ManagementAccount, organization.Members ?? []);
        }

        LoadResources(scenario);
        if (scenario.Faults is { } faults)
        {
            state.Faults = faults;
        }

        foreach (var step in scenario.Steps)
        {
            Run(step);
        }
    }

    /// <summary>Lets CloudTrail see something unusual; the trail writes of it with its next files.</summary>
    public void Add(ScenarioInsight item)
    {
        var trail = state.Accounts.SelectMany(a => a.Trails.Values).FirstOrDefault(t => t.Arn == item.Trail || t.Name == item.Trail)
            ?? throw new ScenarioException($"There is no trail {item.Trail}.");
        var region = item.Region ?? trail.HomeRegion;
        var type = item.ErrorCode is null ? "ApiCallRateInsight" : "ApiErrorRateInsight";
        if (!trail.IsIn(region))
        {
            throw new ScenarioException($"The trail {trail.Name} does not record {region}.");
        }

        if (trail.InsightSelectors?.Any(s => (string?)s?["InsightType"] == type) != true)
        {
            throw new ScenarioException($"The trail {trail.Name} has no insight selector {type}.");
        }

        var leg = trail.LegOf(item.Account ?? trail.Account, region);
        leg.NextInsights.AddRange(InsightRecords.Of(leg, state.Now, item.EventSource, item.EventName, type, item.ErrorCode));
    }

    public void Add(ScenarioDelivery item)
    {
        var source = SourceCatalog.Find(item.Source) ?? throw new ScenarioException($"'{item.Source}' is no delivery source; 'logdelivery sources' lists them.");
        var delivery = new Delivery
        {
            Source = source,
            BucketName = item.Bucket,
            AccountId = item.Account ?? state.DefaultAccount,
            Region = item.Region ?? state.DefaultRegion,
            KeyPrefix = item.Prefix,
            SourceArn = item.SourceArn,
            KmsKeyArn = item.KmsKeyArn,
            RoleArn = item.RoleArn,
            OrganizationId = item.OrganizationId,
            HiveCompatiblePartitions = item.Hive,
        };
        try
        {
            source.GetRequiredCalls(delivery);
        }
        catch (ArgumentException exception)
        {
            throw new ScenarioException($"The delivery of {item.Source} to {item.Bucket} is not possible: {exception.Message}", exception);
        }

        if (item.IntervalMinutes <= 0 || item.IntervalMinutes % 5 != 0)
        {
            throw new ScenarioException($"The interval of {item.IntervalMinutes} minutes is no multiple of five.");
        }

        var name = item.Name ?? $"{source.Id}-{state.Deliveries.Count + 1}";
        state.Deliveries.RemoveAll(d => d.Name == name);
        state.Deliveries.Add(new(name, new DeliveryRoute(delivery), TimeSpan.FromMinutes(item.IntervalMinutes)));
    }

    public void SetEvidence(ScenarioEvidence? evidence)
        => state.Evidence = evidence is null ? null : new(evidence.Bucket, evidence.Prefix ?? string.Empty);

    private static PolicyDocument? Document(JsonObject? policy, PolicyKind kind, string owner)
    {
        if (policy is null)
        {
            return null;
        }

        try
        {
            return PolicyDocument.Parse(policy.ToJsonString(WireJson.Relaxed), kind);
        }
        catch (PolicyFormatException exception)
        {
            throw new ScenarioException($"The policy of {owner} is not valid: {exception.Message}", exception);
        }
    }

    private void LoadResources(Scenario scenario)
    {
        foreach (var item in scenario.Keys)
        {
            Add(item);
        }

        foreach (var item in scenario.Buckets)
        {
            Add(item);
        }

        foreach (var item in scenario.Topics)
        {
            var topic = new Topic(item.Name, item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
            var document = Document(item.Policy, PolicyKind.Any, item.Name);
            topic.Policy.Set(document?.Text, document);
            state.AccountOf(item.Account ?? state.DefaultAccount).Topics[topic.Arn] = topic;
        }

        foreach (var item in scenario.Roles)
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

        foreach (var item in scenario.Streams)
        {
            var (account, region) = (item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
            var stream = new FirehoseStream(item.Name, StreamArn(item.Name, account, region), account, region, state.Now, item.Type, Services.FirehoseService.Described(item.Destination));
            state.AccountOf(account).Streams[stream.Arn] = stream;
        }

        foreach (var item in scenario.LogGroups)
        {
            var (account, region) = (item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
            Add(item, account, region);
        }

        foreach (var item in scenario.Trails)
        {
            Add(item);
        }

        foreach (var item in scenario.FlowLogs)
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

        foreach (var item in scenario.Deliveries)
        {
            Add(item);
        }

        if (scenario.Evidence is not null)
        {
            SetEvidence(scenario.Evidence);
        }
    }

    private static string StreamArn(string name, string account, string region)
        => $"arn:{SandboxState.PartitionOf(region)}:firehose:{region}:{account}:deliverystream/{name}";

    private void Add(ScenarioLogGroup item, string account, string region)
    {
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

    private void Add(ScenarioKey item)
    {
        var (account, region) = (item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion);
        var key = new KmsKey(item.Id, account, region, state.Now) { KeyState = item.State ?? "Enabled" };
        var document = Document(item.Policy, PolicyKind.Key, item.Id) ?? PolicyDocument.Parse(DefaultPolicies.Key(account, region), PolicyKind.Key);
        key.Policy.Set(document.Text, document);
        state.AccountOf(account).Keys[key.Arn] = key;
        if (item.Alias is { } alias)
        {
            state.AccountOf(account).KeyAliases[$"{region}/{(alias.StartsWith("alias/", StringComparison.Ordinal) ? alias : $"alias/{alias}")}"] = key.Arn;
        }
    }

    private void Add(ScenarioBucket item)
    {
        var bucket = new Bucket(item.Name, item.Account ?? state.DefaultAccount, item.Region ?? state.DefaultRegion, state.Now);
        var document = Document(item.Policy, PolicyKind.Bucket, item.Name);
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

    private void Add(ScenarioTrail item)
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

    private void Run(ScenarioStep step)
    {
        switch (step)
        {
            case { Advance: { } minutes }:
                clock.Advance(TimeSpan.FromMinutes(minutes));
                break;
            case { SetBucketPolicy: { } write }:
                var bucketPolicy = Document(write.Policy, PolicyKind.Bucket, write.Name);
                BucketOf(write.Name).Policy.Set(bucketPolicy?.Text, bucketPolicy);
                break;
            case { SetKeyPolicy: { } write }:
                var keyPolicy = Document(write.Policy, PolicyKind.Key, write.Name);
                KeyOf(write.Name).Policy.Set(keyPolicy?.Text, keyPolicy);
                break;
            case { SetKeyState: { } change }:
                KeyOf(change.Key).KeyState = change.State;
                break;
            case { DeleteBucket: { } name }:
                state.Buckets.Remove(BucketOf(name).Name);
                break;
            case { CreateBucket: { } item }:
                Add(item);
                break;
            case { RenameTrail: { } rename }:
                Rename(rename);
                break;
            case { SetRolePolicy: { Policy: null } removal }:
                RoleOf(removal.Role).Policies.Remove(removal.Name);
                break;
            case { SetRolePolicy: { } write }:
                RoleOf(write.Role).Policies[write.Name] = write.Policy!.ToJsonString();
                break;
            case { SetTrustPolicy: { } write }:
                RoleOf(write.Name).TrustPolicy = write.Policy?.ToJsonString() ?? "{}";
                break;
            case { PutLogEvents: { } events }:
                Put(events);
                break;
            default:
                throw new ScenarioException("A step does exactly one of: advance, setBucketPolicy, setKeyPolicy, setKeyState, deleteBucket, createBucket, renameTrail, setRolePolicy, setTrustPolicy, putLogEvents.");
        }
    }

    private void Rename(RenameStep step)
    {
        var account = state.AccountOf(state.DefaultAccount);
        var old = account.Trails.Values.FirstOrDefault(t => t.Name == step.From) ?? throw new ScenarioException($"There is no trail {step.From} to rename.");
        account.Trails.Remove(old.Arn);
        var trail = new SandboxTrail(step.To, old.Account, old.HomeRegion)
        {
            BucketName = old.BucketName,
            KeyPrefix = old.KeyPrefix,
            KmsKeyArn = old.KmsKeyArn,
            TopicArn = old.TopicArn,
            IsMultiRegion = old.IsMultiRegion,
            IsOrganizationTrail = old.IsOrganizationTrail,
            ValidatesLogFiles = old.ValidatesLogFiles,
            LogGroupArn = old.LogGroupArn,
            LogGroupRoleArn = old.LogGroupRoleArn,
            EventSelectors = old.EventSelectors?.DeepClone().AsArray(),
            IsLogging = old.IsLogging,
            Started = state.Now,
        };
        account.Trails.Add(trail.Arn, trail);
    }

    private void Put(EventStep step)
    {
        var group = state.FindLogGroup(state.DefaultAccount, state.DefaultRegion, step.LogGroup) ?? throw new ScenarioException($"There is no log group {step.LogGroup}.");
        foreach (var message in step.Messages)
        {
            var number = group.Streams.TryGetValue(step.LogStream, out var present) ? present.Count : 0;
            group.Add(step.LogStream, new StoredEvent(GeneratedNames.Hex($"{step.LogStream}/{number}/{message}", 56), state.Now, state.Now, message));
        }

        new SubscriptionDelivery(state).Run();
    }

    private Role RoleOf(string name) => state.AccountOf(state.DefaultAccount).Roles.GetValueOrDefault(name) ?? throw new ScenarioException($"There is no role {name}.");

    private Bucket BucketOf(string name) => state.Buckets.GetValueOrDefault(name) ?? throw new ScenarioException($"There is no bucket {name}.");

    private KmsKey KeyOf(string name)
        => state.FindKey(name)
        ?? state.Accounts.SelectMany(a => a.Keys.Values).FirstOrDefault(k => k.Id == name)
        ?? throw new ScenarioException($"There is no key {name}.");
}
