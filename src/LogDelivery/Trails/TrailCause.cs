using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Roles;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;

namespace LogDelivery.Trails;

/// <summary>
/// Finds the cause of the errors that AWS reports: the bucket, its policy and settings, the key, the topic, the log group.
/// Caches what it read, as many trails share a bucket; use an instance for one check of an account only.
/// </summary>
internal sealed class TrailCause(IAwsGateways aws)
{
    private const string Service = TrailContext.Service;

    private readonly Memo<Readable<BucketPlace>> places = new();
    private readonly Memo<Readable<string>> bucketPolicies = new();
    private readonly Memo<BucketReport> bucketSettings = new();
    private readonly Memo<Readable<KeyDescription>> keys = new();
    private readonly Memo<Readable<string>> keyPolicies = new();
    private readonly Memo<Readable<string>> topics = new();
    private readonly Memo<Readable<LogGroup>> logGroups = new();
    private readonly Memo<Readable<RoleDescription>> roles = new();
    private readonly Memo<Readable<string>> organizations = new();

    /// <summary>Finds what stops or endangers the deliveries of a trail.</summary>
    public async Task<CauseReport> FindAsync(
        TrailConfiguration trail, string region, TrailStatus status, bool detailed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var report = new CauseReport();
        var deliversLate = TrailVerdict.Says(status.LatestDeliveryError) || TrailVerdict.Says(status.LatestDigestDeliveryError);
        var others = TrailVerdict.Says(status.LatestNotificationError) || TrailVerdict.Says(status.LatestCloudWatchLogsDeliveryError);

        // When only another leg fails, the bucket has nothing to do with it.
        if (detailed || deliversLate || !others)
        {
            await InspectDeliveryAsync(report, trail, region, status, now, cancellationToken).ConfigureAwait(false);
        }

        if (trail.SnsTopicArn is { } topic && (detailed || TrailVerdict.Says(status.LatestNotificationError)))
        {
            await TryAsync(report, () => InspectTopicAsync(report, trail, topic, cancellationToken)).ConfigureAwait(false);
        }

        if (trail.LogGroupArn is { } group && (detailed || TrailVerdict.Says(status.LatestCloudWatchLogsDeliveryError)))
        {
            await TryAsync(report, () => InspectLogGroupAsync(report, trail, group, region, cancellationToken)).ConfigureAwait(false);
        }

        return report;
    }

    private async Task InspectDeliveryAsync(
        CauseReport report, TrailConfiguration trail, string region, TrailStatus status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settings = new BucketSettings();
        PolicyDocument? bucketPolicy = null;
        PolicyDocument? keyPolicy = null;
        string? keyArn = null;
        string? organization = null;
        await TryAsync(report, async () => (settings, bucketPolicy) = await ReadBucketAsync(report, trail, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (trail.KmsKeyId is { } key)
        {
            await TryAsync(report, async () =>
            {
                (keyArn, var state, keyPolicy) = await ReadKeyAsync(report, key, trail.HomeRegion ?? region, cancellationToken).ConfigureAwait(false);
                settings = settings with { KeyState = state };
            }).ConfigureAwait(false);
        }

        if (trail.IsOrganizationTrail)
        {
            await TryAsync(report, async () =>
            {
                var answer = await organizations.GetAsync(string.Empty, () => aws.Account.GetOrganizationIdAsync(cancellationToken)).ConfigureAwait(false);
                report.AddUnreadable(answer);
                organization = answer.Value;
            }).ConfigureAwait(false);
        }

        // Without a bucket there is nothing that a policy could say.
        if (trail.BucketName is null || report.Findings.Exists(HealthFindings.NoBucketKind.Includes))
        {
            return;
        }

        Test(report, trail, region, organization, keyArn, settings, bucketPolicy, keyPolicy, now);
        var error = TrailVerdict.Says(status.LatestDeliveryError) ? status.LatestDeliveryError : status.LatestDigestDeliveryError;
        if (TrailVerdict.Says(error) && !report.Findings.Exists(f => f.SeverityValue == FindingSeverity.Blocks) && IsAllAllowed(report))
        {
            report.Findings.Add(HealthFindings.NothingRefuses(error!));
        }
    }

    private static bool IsAllAllowed(CauseReport report)
        => report.MissingPermissions.Count == 0 && report.Notes.Count == 0 && report.Rows.TrueForAll(r => r.IsOptional || r.VerdictValue == Verdict.Allowed);

    private static void Test(
        CauseReport report,
        TrailConfiguration trail,
        string region,
        string? organization,
        string? keyArn,
        BucketSettings settings,
        PolicyDocument? bucketPolicy,
        PolicyDocument? keyPolicy,
        DateTimeOffset now)
    {
        try
        {
            var delivery = new Delivery
            {
                Source = CloudTrail.Source,
                BucketName = trail.BucketName!,
                AccountId = Arn.TryParse(trail.TrailArn, out var arn) ? arn.AccountId : string.Empty,

                // The files of each Region have its name in their keys; the ARN has the home Region's.
                Region = region,
                KeyPrefix = trail.KeyPrefix,
                SourceArn = trail.TrailArn,
                OrganizationId = organization,
                KmsKeyArn = keyArn,
                Bucket = settings,
                Time = now,
            };
            var result = PolicyTest.Run(delivery, bucketPolicy, keyPolicy);
            report.Rows.AddRange(PolicyTestRow.From(result));
            report.Findings.AddRange(result.AllFindings);
        }
        catch (InvalidDeliveryException exception)
        {
            report.Notes.Add($"The trail's configuration cannot be judged: {exception.Message}");
        }
    }

    private async Task<(BucketSettings Settings, PolicyDocument? Policy)> ReadBucketAsync(
        CauseReport report, TrailConfiguration trail, CancellationToken cancellationToken)
    {
        if (trail.BucketName is not { } bucket)
        {
            report.Notes.Add("The trail names no bucket.");
            return (new(), null);
        }

        var place = await places.GetAsync(bucket, () => aws.Buckets.FindAsync(bucket, cancellationToken)).ConfigureAwait(false);
        if (place.IsMissing)
        {
            report.Findings.Add(HealthFindings.NoBucket(bucket));
            return (new(), null);
        }

        report.AddUnreadable(place);
        var owner = Arn.TryParse(trail.TrailArn, out var arn) ? arn.AccountId : null;
        var policyTask = bucketPolicies.GetAsync(bucket, () => aws.Buckets.GetPolicyAsync(bucket, cancellationToken));
        var settingsTask = bucketSettings.GetAsync($"{bucket}/{owner}", () => aws.Buckets.GetSettingsAsync(bucket, owner, cancellationToken));
        await Task.WhenAll(policyTask, settingsTask).ConfigureAwait(false);
        var policy = await policyTask.ConfigureAwait(false);
        var settings = await settingsTask.ConfigureAwait(false);
        report.AddUnreadable(policy);
        report.MissingPermissions.AddRange(settings.MissingPermissions);
        return (settings.Settings, Parse(report, policy, PolicyKind.Bucket, $"The policy of {bucket}"));
    }

    private async Task<(string? Arn, string? State, PolicyDocument? Policy)> ReadKeyAsync(
        CauseReport report, string keyId, string region, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync($"{region} {keyId}", () => aws.Keys.DescribeAsync(region, keyId, cancellationToken)).ConfigureAwait(false);
        if (key.IsMissing)
        {
            report.Findings.Add(HealthFindings.NoKey(keyId));
            return (null, null, null);
        }

        report.AddUnreadable(key);
        var arn = key.Value?.Arn ?? (Arn.TryParse(keyId, out var parts) && parts.Resource.StartsWith("key/", StringComparison.Ordinal) ? keyId : null);
        if (arn is null)
        {
            return (null, null, null);
        }

        var policy = await keyPolicies.GetAsync(arn, () => aws.Keys.GetPolicyAsync(region, arn, cancellationToken)).ConfigureAwait(false);
        report.AddUnreadable(policy);

        // Every key has a policy; one that is "not found" here was not shown.
        return (arn, key.Value?.State, policy.IsMissing ? null : Parse(report, policy, PolicyKind.Key, $"The policy of {arn}"));
    }

    private async Task InspectTopicAsync(CauseReport report, TrailConfiguration trail, string topicArn, CancellationToken cancellationToken)
    {
        var policy = await topics.GetAsync(topicArn, () => aws.Topics.GetPolicyAsync(topicArn, cancellationToken)).ConfigureAwait(false);
        report.AddUnreadable(policy);
        if (policy.IsMissing)
        {
            report.Findings.Add(HealthFindings.NoTopic(topicArn));
            return;
        }

        if (Parse(report, policy, PolicyKind.Any, $"The policy of {topicArn}") is { } document)
        {
            var explanation = document.Explain(new(RequestPrincipal.Service(Service), "SNS:Publish", topicArn, TrailContext.Of(trail.TrailArn)));
            if (explanation.IsRefused)
            {
                report.Findings.Add(HealthFindings.TopicRefuses(explanation.Reason));
            }
        }
    }

    private async Task InspectLogGroupAsync(
        CauseReport report, TrailConfiguration trail, string logGroupArn, string region, CancellationToken cancellationToken)
    {
        var group = await logGroups.GetAsync(logGroupArn, () => aws.LogGroups.FindAsync(logGroupArn, cancellationToken)).ConfigureAwait(false);
        report.AddUnreadable(group);
        if (group.IsMissing)
        {
            report.Findings.Add(HealthFindings.NoLogGroup(logGroupArn));
        }

        if (trail.LogGroupRoleArn is not { } roleArn)
        {
            return;
        }

        var role = await roles.GetAsync(roleArn, () => aws.Roles.FindAsync(roleArn, cancellationToken)).ConfigureAwait(false);
        report.AddUnreadable(role);
        if (role.IsMissing)
        {
            report.Findings.Add(HealthFindings.NoLogGroupRole(roleArn));
        }
        else if (role.Value is { } found)
        {
            report.AddUnreadable(found.AttachedPolicies);
            report.AddUnreadable(found.PermissionsBoundary);
            InspectRole(report, trail, found, logGroupArn, region);
        }
    }

    private static void InspectRole(CauseReport report, TrailConfiguration trail, RoleDescription role, string logGroupArn, string region)
    {
        if (RolePolicies.Trusts(role.TrustPolicy, role.Arn, Service, TrailContext.Of(trail.TrailArn)) == false)
        {
            report.Findings.Add(HealthFindings.LogGroupRoleRefuses($"The trust policy of {role.Arn} does not allow {Service} to assume it."));
        }

        // CloudTrail names its streams after the account and the Region.
        var account = Arn.TryParse(trail.TrailArn, out var arn) ? arn.AccountId : string.Empty;
        var group = logGroupArn.EndsWith(":*", StringComparison.Ordinal) ? logGroupArn[..^2] : logGroupArn;
        var stream = $"{group}:log-stream:{account}_CloudTrail_{region}";
        foreach (var action in new[] { "logs:CreateLogStream", "logs:PutLogEvents" })
        {
            if (RolePolicies.Judge(role, action, stream) is var verdict and (Verdict.ExplicitDeny or Verdict.ImplicitDeny))
            {
                var reason = verdict == Verdict.ExplicitDeny ? $"A policy of {role.Arn} denies" : $"No policy of {role.Arn} allows";
                report.Findings.Add(HealthFindings.LogGroupRoleRefuses($"{reason} {action} on {stream}."));
            }
        }
    }

    private static PolicyDocument? Parse(CauseReport report, Readable<string> policy, PolicyKind kind, string what)
    {
        if (policy.IsMissing)
        {
            return PolicyDocument.Empty(kind);
        }

        if (policy.Value is not { } text)
        {
            return null;
        }

        if (PolicyDocument.TryParse(text, kind, out var document, out var problems))
        {
            return document;
        }

        report.Notes.Add($"{what} cannot be read: {problems[0]}");
        return null;
    }

    // What cannot be asked now must not hide what is known already. Throttling is another matter: asking later helps.
    private static async Task TryAsync(CauseReport report, Func<Task> inspect)
    {
        try
        {
            await inspect().ConfigureAwait(false);
        }
        catch (AwsCallException exception) when (exception.Kind != AwsErrorKind.Throttled)
        {
            report.Add(exception);
        }
    }
}
