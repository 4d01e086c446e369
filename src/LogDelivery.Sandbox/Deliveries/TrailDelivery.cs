using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Delivers the files of trails: log files every five minutes, digests every hour, with notifications and log events.</summary>
internal sealed class TrailDelivery(SandboxState state, DeliveryWriter writer)
{
    private const string Principal = "cloudtrail.amazonaws.com";

    private static readonly DeliverySource Source = SourceCatalog.Find("CloudTrail")!;

    /// <summary>The delivery of a trail as the engine takes it.</summary>
    public static Delivery DeliveryOf(SandboxState state, SandboxTrail trail) => new()
    {
        Source = Source,
        BucketName = trail.BucketName,
        AccountId = trail.Account,
        Region = trail.HomeRegion,
        KeyPrefix = trail.KeyPrefix,
        SourceArn = trail.Arn,
        OrganizationId = trail.IsOrganizationTrail ? state.OrganizationOf(trail.Account) : null,
        KmsKeyArn = trail.KmsKeyArn,
        Time = state.Now,
    };

    /// <summary>The key of a trail's log file.</summary>
    public static string KeyOf(SandboxState state, SandboxTrail trail, string account, string region, DateTimeOffset time)
        => KeyOf(state, trail, account, region, "CloudTrail", time);

    private static string KeyOf(SandboxState state, SandboxTrail trail, string account, string region, string kind, DateTimeOffset time)
        => $"{Folder(state, trail, account, kind, region, time)}{account}_{kind}_{region}_{GeneratedNames.Format(time, "yyyyMMdd'T'HHmm'Z'")}_{GeneratedNames.Mixed($"{trail.Arn}/{account}/{region}/{time.ToUnixTimeSeconds()}", 16)}.json.gz";

    public void Tick(SandboxTrail trail)
    {
        var accounts = trail.IsOrganizationTrail && state.Organization is { } organization ? organization.AllAccounts : [trail.Account];
        var regions = trail.IsMultiRegion ? state.EnabledRegions.Union([trail.HomeRegion]) : [trail.HomeRegion];
        foreach (var account in accounts)
        {
            foreach (var region in regions)
            {
                Tick(trail, trail.LegOf(account, region));
            }
        }
    }

    private static string Folder(SandboxState state, SandboxTrail trail, string account, string kind, string region, DateTimeOffset time)
    {
        var prefix = string.IsNullOrEmpty(trail.KeyPrefix) ? string.Empty : $"{trail.KeyPrefix.TrimEnd('/')}/";
        var organization = trail.IsOrganizationTrail && state.OrganizationOf(trail.Account) is { } id ? $"{id}/" : string.Empty;
        return $"{prefix}AWSLogs/{organization}{account}/{kind}/{region}/{GeneratedNames.Format(time, "yyyy'/'MM'/'dd")}/";
    }

    private void Tick(SandboxTrail trail, TrailLeg leg)
    {
        // What was held back is still delivered after the logging was stopped.
        if (trail.IsLogging)
        {
            if (!state.QuietRegions.Contains(leg.Region) || leg.NextRecords.Count > 0)
            {
                leg.LogFiles.Add(new(state.Now, [.. leg.NextRecords]));
                leg.NextRecords.Clear();
            }

            if (leg.NextInsights.Count > 0)
            {
                leg.Insights.Add(new(state.Now, [.. leg.NextInsights]));
                leg.NextInsights.Clear();
            }

            if (trail.ValidatesLogFiles && state.Now.Minute == 0)
            {
                leg.Digests.Add(new(state.Now, [.. leg.FilesForDigest]));
                leg.FilesForDigest.Clear();
            }
        }

        var route = RouteOf(trail, leg);
        var isOrganizations = route.Template.OrganizationId is not null;
        var logFile = isOrganizations ? "organization log file" : "log file";
        var delivered = leg.LogFiles.Deliver(state.Now, file => DeliverLogFile(trail, leg, route, file, logFile));
        leg.Insights.Deliver(state.Now, file => DeliverInsights(trail, leg, route, file, logFile));
        leg.Digests.Deliver(state.Now, file => DeliverDigest(trail, leg, route, file, isOrganizations ? "organization digest file" : "digest file"));
        if (delivered > 0)
        {
            Notify(trail, leg);
        }
    }

    private DeliveryRoute RouteOf(SandboxTrail trail, TrailLeg leg)
    {
        if (leg.Route is { } known && known.TrailChange == trail.ChangeCount)
        {
            return known.Route;
        }

        var route = new DeliveryRoute(DeliveryOf(state, trail));
        leg.Route = (trail.ChangeCount, route);
        return route;
    }

    private WriteRefusal? DeliverLogFile(SandboxTrail trail, TrailLeg leg, DeliveryRoute route, PendingFile file, string callName)
    {
        var key = KeyOf(state, trail, leg.Account, leg.Region, file.Time);
        var content = string.Empty;
        JsonObject[] records = [];
        var failure = writer.Write(
            route,
            callName,
            key,
            () =>
            {
                var everyday = state.QuietRegions.Contains(leg.Region) ? [] : TrailRecords.Everyday(leg.Account, leg.Region, file.Time);
                records = [.. everyday, .. file.Records];
                var document = new JsonObject { ["Records"] = new JsonArray([.. records.Select(r => r.DeepClone())]) };
                content = document.ToJsonString();
                return Compression.Gzip(content);
            },
            "application/json",
            "gzip");
        if (failure is not null)
        {
            return failure;
        }

        if (trail.ValidatesLogFiles)
        {
            leg.FilesForDigest.Add(new JsonObject
            {
                ["s3Bucket"] = trail.BucketName,
                ["s3Object"] = key,
                ["hashValue"] = DigestKey.Hash(content),
                ["hashAlgorithm"] = "SHA-256",
                ["newestEventTime"] = GeneratedNames.Iso(file.Time.AddMinutes(-2)),
                ["oldestEventTime"] = GeneratedNames.Iso(file.Time.AddMinutes(-4)),
            });
        }

        SendToLogGroup(trail, leg, records);
        return null;
    }

    private WriteRefusal? DeliverInsights(SandboxTrail trail, TrailLeg leg, DeliveryRoute route, PendingFile file, string callName)
        => writer.Write(
            route,
            callName,
            KeyOf(state, trail, leg.Account, leg.Region, "CloudTrail-Insight", file.Time),
            () => Compression.Gzip(new JsonObject { ["Records"] = new JsonArray([.. file.Records.Select(r => r.DeepClone())]) }.ToJsonString()),
            "application/json",
            "gzip");

    // Source: CloudTrail user guide, cloudtrail-log-file-validation-digest-file-structure.
    private WriteRefusal? DeliverDigest(SandboxTrail trail, TrailLeg leg, DeliveryRoute route, PendingFile file, string callName)
    {
        var key = $"{Folder(state, trail, leg.Account, "CloudTrail-Digest", leg.Region, file.Time)}{leg.Account}_CloudTrail-Digest_{leg.Region}_{trail.Name}_{trail.HomeRegion}_{GeneratedNames.Format(file.Time, "yyyyMMdd'T'HHmmss'Z'")}.json.gz";
        var end = GeneratedNames.Iso(file.Time);
        var previous = leg.PreviousDigest;
        var content = string.Empty;
        var signature = string.Empty;
        var metadata = new List<KeyValuePair<string, string>>();
        var failure = writer.Write(
            route,
            callName,
            key,
            () =>
            {
                var digest = new JsonObject
                {
                    ["awsAccountId"] = leg.Account,
                    ["digestStartTime"] = GeneratedNames.Iso(file.Time.AddHours(-1)),
                    ["digestEndTime"] = end,
                    ["digestS3Bucket"] = trail.BucketName,
                    ["digestS3Object"] = key,
                    ["digestPublicKeyFingerprint"] = DigestKey.Fingerprint,
                    ["digestSignatureAlgorithm"] = DigestKey.Algorithm,
                    ["newestEventTime"] = file.Records.Count == 0 ? null : GeneratedNames.Iso(file.Time.AddMinutes(-2)),
                    ["oldestEventTime"] = file.Records.Count == 0 ? null : GeneratedNames.Iso(file.Time.AddHours(-1)),
                    ["previousDigestS3Bucket"] = previous is null ? null : trail.BucketName,
                    ["previousDigestS3Object"] = previous?.Key,
                    ["previousDigestHashValue"] = previous?.Hash,
                    ["previousDigestHashAlgorithm"] = previous is null ? null : "SHA-256",
                    ["previousDigestSignature"] = previous?.Signature,
                    ["logFiles"] = new JsonArray([.. file.Records.Select(r => r.DeepClone())]),
                };
                content = digest.ToJsonString();
                signature = DigestKey.Sign(end, trail.BucketName, key, content, previous?.Signature);
                metadata.Add(new("signature", signature));
                metadata.Add(new("signature-algorithm", DigestKey.Algorithm));
                if (file.Time != state.Now)
                {
                    metadata.Add(new("backfill-generation-timestamp", GeneratedNames.Iso(state.Now)));
                }

                return Compression.Gzip(content);
            },
            "application/json",
            "gzip",
            metadata);
        if (failure is null)
        {
            leg.PreviousDigest = new(key, DigestKey.Hash(content), signature);
        }

        return failure;
    }

    private void SendToLogGroup(SandboxTrail trail, TrailLeg leg, JsonObject[] records)
    {
        if (trail.LogGroupArn is null || !Arn.TryParse(trail.LogGroupArn, out var arn))
        {
            return;
        }

        var name = arn.Resource["log-group:".Length..].TrimEnd('*').TrimEnd(':');
        if (!state.AccountOf(arn.AccountId).LogGroups.TryGetValue($"{arn.Region}/{name}", out var group))
        {
            leg.LogGroupError = "Log group not found";
            return;
        }

        if (!MayWriteTo(trail, group, $"{leg.Account}_CloudTrail_{leg.Region}"))
        {
            leg.LogGroupError = "Access denied";
            return;
        }

        foreach (var record in records)
        {
            var text = record.ToJsonString();
            group.Add($"{leg.Account}_CloudTrail_{leg.Region}", new StoredEvent(GeneratedNames.Guid(text), state.Now, state.Now, text));
        }

        leg.LogGroupError = null;
        leg.LastLogGroupDelivery = state.Now;
    }

    private bool MayWriteTo(SandboxTrail trail, SandboxLogGroup group, string stream)
    {
        if (trail.LogGroupRoleArn is null || state.FindRole(trail.LogGroupRoleArn) is not { } role || !IdentityPolicies.Trusts(role, Principal, ContextOf(trail.Arn, trail.Account)))
        {
            return false;
        }

        var resource = $"{group.Arn.TrimEnd('*').TrimEnd(':')}:log-stream:{stream}";
        var context = new RequestContext(new Dictionary<string, ContextValue>(), ContextValue.Absent);
        return new[] { "logs:CreateLogStream", "logs:PutLogEvents" }.All(action => IdentityPolicies.Allow(state, role, new(RequestPrincipal.Aws(role.Arn), action, resource, context)));
    }

    private void Notify(SandboxTrail trail, TrailLeg leg)
    {
        if (trail.TopicArn is null)
        {
            return;
        }

        leg.LastNotificationAttempt = state.Now;
        leg.NotificationError = TopicProblem(state, trail.TopicArn, trail.Arn, trail.Account);
        if (leg.NotificationError is null)
        {
            leg.LastNotification = state.Now;
            state.FindTopic(trail.TopicArn)!.Messages.Add((state.Now, string.Empty, new JsonObject
            {
                ["s3Bucket"] = trail.BucketName,
                ["s3ObjectKey"] = new JsonArray(KeyOf(state, trail, leg.Account, leg.Region, state.Now)),
            }.ToJsonString()));
        }
    }

    /// <summary>Finds the error for the trail's status when CloudTrail cannot publish to a topic; <see langword="null"/> when it can.</summary>
    public static string? TopicProblem(SandboxState state, string topicArn, string trailArn, string account)
    {
        if (state.FindTopic(topicArn) is not { } topic)
        {
            return "NotFound";
        }

        var request = new PolicyRequest(RequestPrincipal.Service(Principal), "sns:Publish", topicArn, ContextOf(trailArn, account));
        return topic.Policy.DocumentAt(state.Now).Evaluate(request).Verdict == Verdict.Allowed ? null : "AuthorizationError";
    }

    private static RequestContext ContextOf(string trailArn, string account) => new(new Dictionary<string, ContextValue>
    {
        ["aws:SourceArn"] = ContextValue.Of(trailArn),
        ["aws:SourceAccount"] = ContextValue.Of(account),
        ["aws:SecureTransport"] = ContextValue.Of("true"),
        ["aws:PrincipalIsAWSService"] = ContextValue.Of("true"),
    });
}
