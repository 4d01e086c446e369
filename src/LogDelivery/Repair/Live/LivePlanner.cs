using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Trails;

namespace LogDelivery.Repair;

/// <summary>Reads everything that takes part in the deliveries to one bucket, and plans. It only reads.</summary>
internal sealed class LivePlanner(IAwsGateways aws, string region, LiveRepairOptions options, TimeProvider clock, CancellationToken planning)
{
    private readonly List<string> notes = [];
    private readonly List<string> missingPermissions = [];

    /// <summary>Plans the repair of one bucket.</summary>
    /// <param name="requests">The requested repairs, all for the same bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer.</exception>
    /// <exception cref="InvalidDeliveryException">A delivery is invalid, or lacks a required parameter.</exception>
    public async Task<LiveRepairPlan> PlanAsync(IReadOnlyList<LiveRepairRequest> requests, CancellationToken cancellationToken)
    {
        var bucketName = requests[0].BucketName;
        Delivery.ValidateBucketName(bucketName);
        var caller = await aws.Account.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        var owner = options.ExpectedBucketOwner ?? caller.AccountId;
        var buckets = aws.Buckets.OwnedBy(owner);
        var runId = Guid.NewGuid().ToString("N");
        LiveRepairPlan Nothing(params Finding[] findings) => new(runId, bucketName, owner, caller) { Findings = findings, Notes = notes, MissingPermissions = missingPermissions };

        var place = await buckets.FindAsync(bucketName, cancellationToken).ConfigureAwait(false);
        if (place.IsMissing)
        {
            return Nothing(HealthFindings.NoBucket(bucketName));
        }

        if (place.Value is { IsDenied: true } && await IsAnothersAsync(bucketName, owner == caller.AccountId, cancellationToken).ConfigureAwait(false))
        {
            return Nothing(HealthFindings.OtherOwner(bucketName, owner));
        }

        var policyTask = buckets.GetPolicyAsync(bucketName, cancellationToken);
        var settingsTask = buckets.GetSettingsAsync(bucketName, null, cancellationToken);
        await Task.WhenAll(policyTask, settingsTask).ConfigureAwait(false);
        var policy = await policyTask.ConfigureAwait(false);
        var report = await settingsTask.ConfigureAwait(false);
        missingPermissions.AddRange(report.MissingPermissions);
        Note(policy);

        // The account was expected in every call, and S3 answered.
        var settings = report.Settings with { AccountId = policy.IsUnreadable ? null : owner };
        var keys = new LiveKeys(aws, settings.Region ?? region);
        var defaultKey = settings.Encryption is BucketEncryption.SseKms or BucketEncryption.DsseKms ? settings.KmsKeyId : null;
        var finder = new LiveDeliveries(aws, caller, region, keys, defaultKey, notes);
        var found = new List<LiveDelivery>();
        foreach (var request in requests)
        {
            found.AddRange(await finder.FindAsync(request, cancellationToken).ConfigureAwait(false));
        }

        var keysInUse = new Dictionary<string, LiveKey>(StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        var findings = new List<Finding>();
        for (var i = 0; i < found.Count; i++)
        {
            var delivery = found[i].Delivery with { Bucket = settings, Time = now };
            if (delivery.KmsKeyArn is { } keyArn)
            {
                var key = keysInUse[keyArn] = await keys.FindAsync(keyArn, cancellationToken).ConfigureAwait(false);
                delivery = delivery with { Bucket = settings with { KeyState = key.State } };
                findings.AddRange(key.IsMissing ? [HealthFindings.NoKey(keyArn)] : []);
            }

            found[i] = found[i] with { Delivery = delivery };
        }

        // A trail that is piped in once for each of its Regions needs the same statements each time.
        found = [.. found.DistinctBy(f => (f.Delivery.Source.Id, f.Delivery.AccountId, f.Delivery.Region, f.Delivery.SourceArn, f.Delivery.KeyPrefix, f.Delivery.OrganizationId, f.Delivery.KmsKeyArn, f.Delivery.RoleArn))];
        foreach (var key in keysInUse.Values)
        {
            Note(key.Policy);
        }

        var documents = new Documents(Parse(policy, PolicyKind.Bucket), keysInUse.ToDictionary(k => k.Key, k => Parse(k.Value.Policy, PolicyKind.Key), StringComparer.Ordinal));
        var tests = found.Select(f => (f.Delivery, Test: documents.Test(f.Delivery))).ToArray();
        bool IsHopeless(PolicyTestResult test) => test.Findings.Any(f => f.SeverityValue == FindingSeverity.Blocks);
        findings.AddRange(tests.SelectMany(t => t.Test.Findings).Where(f => f.SeverityValue == FindingSeverity.Blocks));
        Delivery[] leftOut = [.. tests.Where(t => IsHopeless(t.Test) || (t.Delivery.KmsKeyArn is { } k && keysInUse[k].IsMissing)).Select(t => t.Delivery)];
        var rest = found.Where(f => !leftOut.Contains(f.Delivery)).ToArray();
        Delivery[] mendable = [.. rest.Select(f => f.Delivery)];

        var changes = new List<LivePolicyChange> { PlanBucket(bucketName, owner, policy, mendable, documents) };
        changes.AddRange(keysInUse.Where(k => !k.Value.IsMissing).Select(k => PlanKey(owner, k.Value, mendable, documents)).OfType<LivePolicyChange>());
        foreach (var item in rest)
        {
            changes.AddRange(await PlanDestinationsAsync(owner, item, findings, cancellationToken).ConfigureAwait(false));
        }

        return new(runId, bucketName, owner, caller)
        {
            BucketRegion = settings.Region,
            Deliveries = [.. found.Select(f => f.Delivery)],
            Changes = [.. changes.DistinctBy(c => (c.Target, c.Resource))],
            Findings = [.. findings.DistinctBy(f => (f.Id, f.Evidence))],
            LeftOut = leftOut,
            Notes = [.. notes.Distinct()],
            MissingPermissions = [.. missingPermissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    // A caller who may not list a bucket is denied as well. The case is clear when S3 answers as soon as no owner is expected, or
    // when the bucket is none of the caller's account.
    private async Task<bool> IsAnothersAsync(string bucketName, bool isOwnExpected, CancellationToken cancellationToken)
        => (await aws.Buckets.FindAsync(bucketName, cancellationToken).ConfigureAwait(false)).Value is { IsDenied: false }
            || (isOwnExpected && (await aws.Buckets.FindOwnAsync(bucketName, cancellationToken).ConfigureAwait(false)).IsMissing);

    private void Note<T>(Readable<T> answer)
        where T : class
    {
        if (answer.MissingPermission is { } permission)
        {
            missingPermissions.Add(permission);
        }
        else if (answer.Error is { } error)
        {
            notes.Add(error.Message);
        }
    }

    private PolicyDocument? Parse(Readable<string> policy, PolicyKind kind)
    {
        if (policy.IsUnreadable)
        {
            return null;
        }

        if (PolicyDocument.TryParse(policy.Value ?? Documents.None, kind, out var document, out var problems))
        {
            return document;
        }

        notes.Add($"A policy of AWS cannot be read here, and is left alone: {problems[0]}");
        return null;
    }

    private LivePolicyChange PlanBucket(string bucketName, string owner, Readable<string> policy, Delivery[] deliveries, Documents documents)
    {
        var repair = options.Repair with { DropWhiteSpace = true };
        PlannedPolicy Plan(string? text)
        {
            var plan = PolicyRepair.Plan(Documents.Read(text, PolicyKind.Bucket), PolicyTarget.Bucket, deliveries, repair, planning);
            return new(plan, plan.HasChanges ? plan.After.Text : text);
        }

        var arn = deliveries.Length > 0 ? deliveries[0].BucketArn : $"arn:{Regions.PartitionOf(region)}:s3:::{bucketName}";
        return new(PolicyStores.Open(aws, PolicyTarget.Bucket, arn, null, owner), policy.Value, documents.Bucket is null ? null : Plan(policy.Value), isAskedFor: true)
        {
            Unreadable = policy.Error,
            PlanFor = Plan,
            Judge = text => [.. deliveries.SelectMany(d => documents.Test(d, bucket: Documents.Read(text, PolicyKind.Bucket)).Calls).Where(c => c.Call.Target == PolicyTarget.Bucket)],
        };
    }

    private LivePolicyChange? PlanKey(string owner, LiveKey key, Delivery[] deliveries, Documents documents)
    {
        Delivery[] own = [.. deliveries.Where(d => d.KmsKeyArn == key.Arn)];
        if (!own.SelectMany(d => d.Source.GetRequiredCalls(d)).Any(c => c.Target == PolicyTarget.Key && !c.IsOptional))
        {
            return null;
        }

        PlannedPolicy Plan(string? text)
        {
            var plan = PolicyRepair.Plan(Documents.Read(text, PolicyKind.Key), PolicyTarget.Key, own, options.Repair with { DropWhiteSpace = true }, planning);
            return new(plan, plan.HasChanges ? plan.After.Text : text);
        }

        var planned = documents.Keys[key.Arn!] is null ? null : Plan(key.Policy.Value);
        return new(PolicyStores.Open(aws, PolicyTarget.Key, key.Arn!, null, owner), key.Policy.Value, planned, options.IncludeKeyPolicy)
        {
            Unreadable = key.Policy.Error,
            Veto = planned is null ? null : KeyAdministrators.Veto(key.Arn!, planned.Plan.After),
            PlanFor = Plan,
            Judge = text => [.. own.SelectMany(d => documents.Test(d, key: Documents.Read(text, PolicyKind.Key)).Calls).Where(c => c.Call.Target == PolicyTarget.Key)],
        };
    }

    private async Task<IReadOnlyList<LivePolicyChange>> PlanDestinationsAsync(string owner, LiveDelivery item, List<Finding> findings, CancellationToken cancellationToken)
    {
        var changes = new List<LivePolicyChange>();
        if (item.Trail is not { } trail || item.Delivery.SourceArn is null)
        {
            return changes;
        }

        if (trail.SnsTopicArn is { } topicArn && Arn.TryParse(topicArn, out _))
        {
            var policy = await TryAsync(() => aws.Topics.GetPolicyAsync(topicArn, cancellationToken)).ConfigureAwait(false);
            findings.AddRange(policy is { IsMissing: true } && options.IncludeTopicPolicy ? [HealthFindings.NoTopic(topicArn)] : []);
            changes.AddRange(policy is null or { IsMissing: true } ? [] : [PlanTopic(owner, item.Delivery, topicArn, policy)]);
        }

        if (trail is { LogGroupArn: { } logGroupArn, LogGroupRoleArn: { } roleArn })
        {
            var role = await TryAsync(() => aws.Roles.FindAsync(roleArn, cancellationToken)).ConfigureAwait(false);
            findings.AddRange(role is { IsMissing: true } && options.IncludeLogGroupRole ? [HealthFindings.NoLogGroupRole(roleArn)] : []);
            changes.AddRange(role?.Value is { } known ? PlanRole(owner, item.Delivery, known, logGroupArn) : []);
            if (role is not null)
            {
                Note(role);
            }
        }

        return changes;
    }

    // Topic and log group are beside the point of most repairs: that one cannot be looked at must not end them.
    private async Task<Readable<T>?> TryAsync<T>(Func<Task<Readable<T>>> ask)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (AwsCallException exception) when (!options.IncludeTopicPolicy && !options.IncludeLogGroupRole)
        {
            notes.Add(exception.Message);
            return null;
        }
    }

    private LivePolicyChange PlanTopic(string owner, Delivery delivery, string topicArn, Readable<string> policy)
    {
        var call = TrailDestinations.Notification(delivery, topicArn);
        PlannedPolicy Plan(string? text)
        {
            var plan = PolicyRepair.Plan(Documents.Read(text, PolicyKind.Any), PolicyTarget.Topic, [call], planning);
            return new(plan, plan.HasChanges ? plan.After.Text : text);
        }

        var isReadable = policy.Value is { } known && PolicyDocument.TryParse(known, PolicyKind.Any, out _, out _);
        return new(PolicyStores.Open(aws, PolicyTarget.Topic, topicArn, null, owner), policy.Value, isReadable ? Plan(policy.Value) : null, options.IncludeTopicPolicy)
        {
            Unreadable = policy.Error,
            PlanFor = Plan,
            Judge = text => TrailDestinations.Judge(Documents.Read(text, PolicyKind.Any), [call]),
        };
    }

    private IEnumerable<LivePolicyChange> PlanRole(string owner, Delivery delivery, RoleDescription role, string logGroupArn)
    {
        var assume = TrailDestinations.Assume(delivery, role.Arn);
        yield return new(
            PolicyStores.Open(aws, PolicyTarget.RoleTrust, role.Arn, null, owner), role.TrustPolicy, TrailDestinations.PlanTrust(role.TrustPolicy, assume, planning), options.IncludeLogGroupRole)
        {
            PlanFor = text => TrailDestinations.PlanTrust(text, assume, planning),
            Judge = text => TrailDestinations.Judge(TrailDestinations.DocumentOf(text, PolicyTarget.RoleTrust), [assume]),
        };

        var calls = TrailDestinations.Streams(delivery, role.Arn, logGroupArn);
        var ownText = role.InlinePolicies.GetValueOrDefault(TrailDestinations.RolePolicyName);
        var isMissing = TrailDestinations.Judge(role, ownText, calls).Any(c => c.Verdict == Verdict.ImplicitDeny);
        PlannedPolicy Plan(string? text) => isMissing
            ? TrailDestinations.PlanRole(text, calls, planning)
            : new(PolicyRepair.Plan(TrailDestinations.DocumentOf(text, PolicyTarget.Role), PolicyTarget.Role, Array.Empty<RequiredCall>(), planning), text);
        yield return new(PolicyStores.Open(aws, PolicyTarget.Role, role.Arn, TrailDestinations.RolePolicyName, owner), ownText, Plan(ownText), options.IncludeLogGroupRole)
        {
            PlanFor = Plan,
            Judge = text => TrailDestinations.Judge(role, text, calls),
        };
    }

    /// <summary>The documents as they were read; <see langword="null"/> for one that may not be read.</summary>
    private sealed record Documents(PolicyDocument? Bucket, IReadOnlyDictionary<string, PolicyDocument?> Keys)
    {
        public const string None = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

        // Whether it is too large is for the plan to say.
        public static PolicyDocument Read(string? text, PolicyKind kind) => PolicyDocument.Parse(text ?? None, PolicyKind.Any).As(kind);

        public PolicyTestResult Test(Delivery delivery, PolicyDocument? bucket = null, PolicyDocument? key = null)
            => PolicyTest.Run(delivery, bucket ?? Bucket, key ?? (delivery.KmsKeyArn is { } arn ? Keys.GetValueOrDefault(arn) : null));
    }
}
