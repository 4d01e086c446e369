using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>What trails write: log files every five minutes, digests every hour, notices and log events beside them.</summary>
internal sealed class TrailDelivery(SandboxState state, DeliveryWriter writer)
{
    private static readonly DeliverySource Source = SourceCatalog.Find("CloudTrail")!;

    /// <summary>The delivery of a trail as the engine takes it.</summary>
    public static Delivery DeliveryOf(SandboxState state, Trail trail) => new()
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
    public static string KeyOf(SandboxState state, Trail trail, string account, string region, DateTimeOffset time)
        => $"{Folder(state, trail, account, "CloudTrail", region, time)}{account}_CloudTrail_{region}_{Names.Format(time, "yyyyMMdd'T'HHmm'Z'")}_{Names.Mixed($"{trail.Arn}/{account}/{region}/{time.ToUnixTimeSeconds()}", 16)}.json.gz";

    public void Tick(Trail trail)
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

    private static string Folder(SandboxState state, Trail trail, string account, string kind, string region, DateTimeOffset time)
    {
        var prefix = string.IsNullOrEmpty(trail.KeyPrefix) ? string.Empty : $"{trail.KeyPrefix.TrimEnd('/')}/";
        var organization = trail.IsOrganizationTrail && state.OrganizationOf(trail.Account) is { } id ? $"{id}/" : string.Empty;
        return $"{prefix}AWSLogs/{organization}{account}/{kind}/{region}/{Names.Format(time, "yyyy'/'MM'/'dd")}/";
    }

    private void Tick(Trail trail, TrailLeg leg)
    {
        // What was held back is still delivered after the logging was stopped.
        if (trail.IsLogging)
        {
            if (!state.QuietRegions.Contains(leg.Region) || leg.NextRecords.Count > 0)
            {
                leg.LogFiles.Add(new(state.Now, [.. leg.NextRecords]));
                leg.NextRecords.Clear();
            }

            if (trail.ValidatesLogFiles && state.Now.Minute == 0)
            {
                leg.Digests.Add(new(state.Now, [.. leg.FilesForDigest]));
                leg.FilesForDigest.Clear();
            }
        }

        var route = RouteOf(trail, leg);
        var isOrganizations = route.Template.OrganizationId is not null;
        var delivered = leg.LogFiles.Deliver(state.Now, file => DeliverLogFile(trail, leg, route, file, isOrganizations ? "organization log file" : "log file"));
        leg.Digests.Deliver(state.Now, file => DeliverDigest(trail, leg, route, file, isOrganizations ? "organization digest file" : "digest file"));
        if (delivered > 0)
        {
            Notify(trail, leg);
        }
    }

    private DeliveryRoute RouteOf(Trail trail, TrailLeg leg)
    {
        if (leg.Route is { } known && known.TrailChange == trail.ChangeCount)
        {
            return known.Route;
        }

        var route = new DeliveryRoute(DeliveryOf(state, trail));
        leg.Route = (trail.ChangeCount, route);
        return route;
    }

    private DeliveryFailure? DeliverLogFile(Trail trail, TrailLeg leg, DeliveryRoute route, PendingFile file, string callName)
    {
        var key = KeyOf(state, trail, leg.Account, leg.Region, file.Time);
        byte[]? content = null;
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
                return content = Compression.Gzip(document.ToJsonString());
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
                ["hashValue"] = Convert.ToHexString(SHA256.HashData(content!)).ToLowerInvariant(),
                ["hashAlgorithm"] = "SHA-256",
                ["newestEventTime"] = Names.Iso(file.Time.AddMinutes(-2)),
                ["oldestEventTime"] = Names.Iso(file.Time.AddMinutes(-4)),
            });
        }

        SendToLogGroup(trail, leg, records);
        return null;
    }

    // Source: CloudTrail user guide, cloudtrail-log-file-validation-digest-file-structure. The digests are not signed.
    private DeliveryFailure? DeliverDigest(Trail trail, TrailLeg leg, DeliveryRoute route, PendingFile file, string callName)
    {
        var key = $"{Folder(state, trail, leg.Account, "CloudTrail-Digest", leg.Region, file.Time)}{leg.Account}_CloudTrail-Digest_{leg.Region}_{trail.Name}_{trail.HomeRegion}_{Names.Format(file.Time, "yyyyMMdd'T'HHmmss'Z'")}.json.gz";
        byte[]? content = null;
        var isLate = file.Time != state.Now;
        var failure = writer.Write(
            route,
            callName,
            key,
            () =>
            {
                var digest = new JsonObject
                {
                    ["awsAccountId"] = leg.Account,
                    ["digestStartTime"] = Names.Iso(file.Time.AddHours(-1)),
                    ["digestEndTime"] = Names.Iso(file.Time),
                    ["digestS3Bucket"] = trail.BucketName,
                    ["digestS3Object"] = key,
                    ["digestPublicKeyFingerprint"] = Names.Hex($"digest-key/{leg.Region}", 32),
                    ["digestSignatureAlgorithm"] = "SHA256withRSA",
                    ["newestEventTime"] = file.Records.Count == 0 ? null : Names.Iso(file.Time.AddMinutes(-2)),
                    ["oldestEventTime"] = file.Records.Count == 0 ? null : Names.Iso(file.Time.AddHours(-1)),
                    ["previousDigestS3Bucket"] = leg.PreviousDigest is null ? null : trail.BucketName,
                    ["previousDigestS3Object"] = leg.PreviousDigest?.Key,
                    ["previousDigestHashValue"] = leg.PreviousDigest?.Hash,
                    ["previousDigestHashAlgorithm"] = leg.PreviousDigest is null ? null : "SHA-256",
                    ["previousDigestSignature"] = null,
                    ["logFiles"] = new JsonArray([.. file.Records.Select(r => r.DeepClone())]),
                };
                return content = Compression.Gzip(digest.ToJsonString());
            },
            "application/json",
            "gzip",
            isLate ? [new("backfill-generation-timestamp", Names.Iso(state.Now))] : null);
        if (failure is null)
        {
            leg.PreviousDigest = (key, Convert.ToHexString(SHA256.HashData(content!)).ToLowerInvariant());
        }

        return failure;
    }

    private void SendToLogGroup(Trail trail, TrailLeg leg, JsonObject[] records)
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

        if (trail.LogGroupRoleArn is null || state.FindRole(trail.LogGroupRoleArn) is null)
        {
            leg.LogGroupError = "Access denied";
            return;
        }

        foreach (var record in records)
        {
            var text = record.ToJsonString();
            group.Add($"{leg.Account}_CloudTrail_{leg.Region}", new LogEvent(Names.Guid(text), state.Now, state.Now, text));
        }

        leg.LogGroupError = null;
        leg.LastLogGroupDelivery = state.Now;
    }

    private void Notify(Trail trail, TrailLeg leg)
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

    /// <summary>Why CloudTrail cannot publish to a topic, as the status names it; <see langword="null"/> when it can.</summary>
    public static string? TopicProblem(SandboxState state, string topicArn, string trailArn, string account)
    {
        if (state.FindTopic(topicArn) is not { } topic)
        {
            return "NotFound";
        }

        var context = new RequestContext(new Dictionary<string, ContextValue>
        {
            ["aws:SourceArn"] = ContextValue.Of(trailArn),
            ["aws:SourceAccount"] = ContextValue.Of(account),
            ["aws:SecureTransport"] = ContextValue.Of("true"),
            ["aws:PrincipalIsAWSService"] = ContextValue.Of("true"),
        });
        var request = new PolicyRequest(RequestPrincipal.Service("cloudtrail.amazonaws.com"), "sns:Publish", topicArn, context);
        return topic.Policy.DocumentAt(state.Now).Evaluate(request).Verdict == Verdict.Allowed ? null : "AuthorizationError";
    }
}
