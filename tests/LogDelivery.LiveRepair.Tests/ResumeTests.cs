using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Tests.Repair;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>
/// The whole circle, for every source that the sandbox delivers and for everything that goes wrong with policies: the delivery
/// is refused, the cause is found, the policy in AWS is repaired, and the delivery arrives.
/// </summary>
public class ResumeTests
{
    private const string Organization = "o-exampleorgid";

    // The findings of severity Blocks that a change of a policy cures. LD0066 (a statement about another bucket) is none: S3 and
    // KMS store no policy of that kind, so a live one cannot have it.
    private static readonly string[] Curable =
    [
        "LD0001", "LD0002", "LD0003", "LD0004", "LD0005", "LD0006", "LD0007", "LD0008", "LD0009", "LD0010", "LD0011", "LD0012",
        "LD0020", "LD0021", "LD0022", "LD0023", "LD0024", "LD0025", "LD0026", "LD0030", "LD0031", "LD0032",
    ];

    private static readonly ConcurrentDictionary<string, string> Cured = new(StringComparer.Ordinal);

    public static TheoryData<string> Sources => [.. SourceCatalog.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Every_source_resumes(string id)
    {
        var source = SourceCatalog.Find(id)!;
        using var sandbox = await LiveSandbox.StartAsync();
        var delivery = Given(source);
        Load(sandbox, delivery, Healthy(delivery), KeyPolicy(delivery, []));
        Assert.Null(Deliver(sandbox));
        foreach (var cause in LongForm.IsOn ? RootCause.Allows.Concat(RootCause.Denies) : Some())
        {
            // The first denies every identity of the account, so nobody could mend it from here; the second S3 does not store.
            if (cause.Name is "deny: all actions but reading" or "action missing")
            {
                continue;
            }

            var policy = cause.Policy(delivery).Text.Replace("\"Action\":\"s3:*\"", "\"Action\":[\"s3:PutObject\",\"s3:PutObjectAcl\",\"s3:GetBucketAcl\"]", StringComparison.Ordinal);
            await AssertResumesAsync(sandbox, delivery, policy, KeyPolicy(delivery, []), cause.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Every_source_with_a_key_resumes(string id)
    {
        var source = SourceCatalog.Find(id)!;
        var delivery = Given(source) with { KmsKeyArn = Situation.Key, Bucket = new() { Encryption = BucketEncryption.SseKms } };
        if (Situation.Grants(delivery, PolicyTarget.Key).Length == 0)
        {
            return;
        }

        using var sandbox = await LiveSandbox.StartAsync();
        Load(sandbox, delivery, Healthy(delivery), KeyPolicy(delivery, []));
        Assert.Null(Deliver(sandbox));
        Action<JsonObject>[] causes =
        [
            s => s["Action"] = "kms:CreateGrant",
            s => s["Principal"] = new JsonObject { ["Service"] = "ec2.amazonaws.com" },
            s => s.SetCondition("StringEquals", "aws:SourceAccount", "444455556666"),
            s => s.SetCondition("StringLike", "kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::amzn-s3-demo-other/*"),
        ];
        foreach (var cause in causes)
        {
            await AssertResumesAsync(sandbox, delivery, Healthy(delivery), KeyPolicy(delivery, [], cause), "key policy");
        }

        if (source.Family == DeliveryFamily.CustomerRole)
        {
            // To lift a Deny from a role lifts it from whatever else its own policies allow: the proof refuses that.
            return;
        }

        const string Perimeter = """{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"kms:GenerateDataKey*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}}""";
        await AssertResumesAsync(sandbox, delivery, Healthy(delivery), KeyPolicy(delivery, [Perimeter]), "key perimeter");
    }

    [Fact]
    public async Task Every_finding_that_a_policy_cures_is_cured()
    {
        using var sandbox = await LiveSandbox.StartAsync();
        var flow = Given(SourceCatalog.Find("VpcFlowLogs")!);
        foreach (var cause in RootCause.Allows.Concat(RootCause.Denies).Where(c => c.Name != "deny: all actions but reading"))
        {
            if (cause.Name == "action missing")
            {
                // As S3 would store it: an action on objects cannot stand beside a bucket.
                await AssertResumesAsync(sandbox, flow, Edited(flow, s => s["Action"] = "s3:GetObject"), KeyPolicy(flow, []), cause.Name);
                continue;
            }

            var policy = cause.Policy(flow).Text.Replace("\"Action\":\"s3:*\"", "\"Action\":[\"s3:PutObject\",\"s3:GetBucketAcl\"]", StringComparison.Ordinal);
            await AssertResumesAsync(sandbox, flow, policy, KeyPolicy(flow, []), cause.Name);
        }

        // What takes a trail, an organization or a key.
        var trail = Given(SourceCatalog.Find("CloudTrail")!);
        await AssertResumesAsync(sandbox, trail, RootCause.Find("stale aws:SourceArn").Policy(trail).Text, KeyPolicy(trail, []), "stale trail");
        await AssertTrailResumesAsync(sandbox, t => Edited(t, s => s["Resource"] = ((string)s["Resource"]!).Replace("/*", "/CloudTrail/*", StringComparison.Ordinal)), isOrganizations: false);
        await AssertTrailResumesAsync(sandbox, t => Healthy(t with { OrganizationId = null }), isOrganizations: true);
        var balancer = Given(SourceCatalog.Find("AlbAccessLogs")!);
        await AssertResumesAsync(sandbox, balancer, Edited(balancer, s => s["Principal"] = new JsonObject { ["Service"] = "delivery.logs.amazonaws.com" }), KeyPolicy(balancer, []), "the other log writer");
        await AssertResumesAsync(sandbox, flow, Edited(flow, s => s.SetCondition("Bool", "aws:SecureTransport", "false")), KeyPolicy(flow, []), "a condition that fails");
        foreach (var deny in new[]
        {
            """{"Sid":"Sources","Effect":"Deny","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{"StringNotEquals":{"aws:SourceAccount":["444455556666"]}}}""",
            """{"Sid":"Acl","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{"StringNotEquals":{"s3:x-amz-acl":"private"}}}""",
        })
        {
            await AssertResumesAsync(sandbox, flow, Situation.Policy(flow, [.. Situation.Grants(flow).Select(g => g.ToJsonString()), deny]).Text, KeyPolicy(flow, []), deny);
        }

        var encrypted = trail with { KmsKeyArn = Situation.Key };
        await AssertResumesAsync(sandbox, encrypted, Healthy(encrypted), KeyPolicy(encrypted, [], s => s["Action"] = "kms:CreateGrant"), "key without the grant");
        await AssertResumesAsync(sandbox, encrypted, Healthy(encrypted), KeyPolicy(encrypted, [], s => s.SetCondition("StringLike", "kms:EncryptionContext:aws:cloudtrail:arn", "arn:aws:cloudtrail:*:444455556666:trail/*")), "encryption context");
        await AssertResumesAsync(sandbox, encrypted, Healthy(encrypted), KeyPolicy(encrypted, ["""{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"kms:GenerateDataKey*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}}"""]), "key perimeter");
        Assert.True(Curable.Except(Cured.Keys).ToArray() is [], $"Never seen: {string.Join(", ", Curable.Except(Cured.Keys))}. Seen: {string.Join(", ", Cured.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static IEnumerable<RootCause> Some() => new[] { "statements removed", "stale aws:SourceArn", "deny: PrincipalOrgID" }.Select(RootCause.Find);

    private static Delivery Given(DeliverySource source) => Situation.Of(source);

    private static string Healthy(Delivery delivery) => Situation.Policy(delivery, [Situation.Foreign[0], .. Situation.Grants(delivery).Select(g => g.ToJsonString())]).Text;

    private static string Edited(Delivery delivery, Action<JsonObject> edit) => Situation.Policy(delivery, Situation.Grants(delivery).Select(g =>
    {
        if (((string)g["Resource"]!).Contains('/', StringComparison.Ordinal))
        {
            edit(g);
        }

        return g.ToJsonString();
    })).Text;

    private static string KeyPolicy(Delivery delivery, string[] more, Action<JsonObject>? edit = null)
    {
        var grants = delivery.KmsKeyArn is null ? [] : Situation.Grants(delivery, PolicyTarget.Key);
        Array.ForEach(grants, g => edit?.Invoke(g));
        return Situation.KeyPolicy([
            """{"Sid":"Admins","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}""",
            .. grants.Select(g => g.ToJsonString()),
            .. more,
        ]).Text;
    }

    private static async Task AssertResumesAsync(LiveSandbox sandbox, Delivery delivery, string policy, string keyPolicy, string cause)
    {
        Load(sandbox, delivery, policy, keyPolicy);
        var refusal = Deliver(sandbox);
        var request = new LiveRepairRequest
        {
            BucketName = delivery.BucketName,
            Sources = [delivery.Source.Id],
            AccountIds = [delivery.AccountId],
            Region = delivery.Region,
            SourceArns = delivery.SourceArn is { } arn ? [arn] : [],
            KeyPrefix = delivery.KeyPrefix,
            OrganizationId = delivery.OrganizationId,
            KmsKeyId = delivery.KmsKeyArn,
            RoleArn = delivery.RoleArn,
        };
        var records = await sandbox.RunAsync(request, sandbox.Options() with { IncludeKeyPolicy = true, Repair = new() { NarrowDenies = true }, Journal = null });
        var what = $"{delivery.Source.Id}, {cause}, refused: {refusal}; {string.Join(" | ", records.Select(r => $"{r.Outcome} {r.Explanation} {string.Join(' ', r.Obstacles)}"))}";
        if (delivery.Source.Family == DeliveryFamily.AclGrantee && cause.StartsWith("deny", StringComparison.Ordinal))
        {
            // No condition key tells a grantee of the ACL from the rest of the world: named, and left alone.
            Assert.DoesNotContain(records, r => r.OutcomeValue == PolicyRepairOutcome.Repaired);
            return;
        }

        Assert.True(records.All(r => r.OutcomeValue is PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NothingToDo), what);
        Assert.DoesNotContain(records, r => r.IsLetIn == false);
        Assert.True(refusal is null || records.Any(r => r.OutcomeValue == PolicyRepairOutcome.Repaired), what);
        Assert.True(Deliver(sandbox) is not { } still, $"{what}; still refused: {Deliver(sandbox)}");
        foreach (var finding in records.Where(r => refusal is not null && r.OutcomeValue == PolicyRepairOutcome.Repaired).SelectMany(r => r.VerdictsBefore).SelectMany(v => v.Findings).Where(f => f.SeverityValue == FindingSeverity.Blocks))
        {
            Cured.TryAdd(finding.Id, what);
        }
    }

    /// <summary>With a real trail, which writes digests and for members as well, and reports each by itself.</summary>
    private static async Task AssertTrailResumesAsync(LiveSandbox sandbox, Func<Delivery, string> policy, bool isOrganizations)
    {
        var delivery = Given(SourceCatalog.Find("CloudTrail")!) with { OrganizationId = isOrganizations ? Organization : null };
        var trail = delivery.SourceArn!;
        sandbox.Server.LoadScenario($$"""
            {
              "organization": { "id": "{{Organization}}", "managementAccount": "111122223333", "members": ["444455556666"] },
              "buckets": [ { "name": "{{delivery.BucketName}}", "policy": {{policy(delivery)}} } ],
              "trails": [ { "name": "{{trail[(trail.LastIndexOf('/') + 1)..]}}", "bucket": "{{delivery.BucketName}}", "prefix": "{{delivery.KeyPrefix}}", "validation": true, "organization": {{(isOrganizations ? "true" : "false")}} } ]
            }
            """);
        sandbox.Server.Advance(TimeSpan.FromMinutes(65));
        bool IsRefused() => sandbox.State()["trails"]![0]!["legs"]!.AsArray().Any(l => (string?)l!["logFiles"]!["error"] is not null || (string?)l["digests"]!["error"] is not null);
        Assert.True(IsRefused());
        var record = await sandbox.RunOneAsync(new() { BucketName = delivery.BucketName });
        Assert.Equal((PolicyRepairOutcome.Repaired, true), (record.OutcomeValue, record.IsLetIn));
        sandbox.Server.Advance(TimeSpan.FromMinutes(65));
        Assert.False(IsRefused());
        foreach (var finding in record.VerdictsBefore.SelectMany(v => v.Findings))
        {
            Cured.TryAdd(finding.Id, trail);
        }
    }

    private static void Load(LiveSandbox sandbox, Delivery delivery, string policy, string keyPolicy)
    {
        const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","kms:*"],"Resource":"*"}]}""";
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}""";
        sandbox.Server.LoadScenario($$"""
            {
              "organization": { "id": "{{Organization}}", "managementAccount": "111122223333" },
              "buckets": [ { "name": "{{delivery.BucketName}}", "policy": {{policy}} {{Settings(delivery)}} } ],
              "keys": [ { "id": "{{Situation.Key[(Situation.Key.LastIndexOf('/') + 1)..]}}", "policy": {{keyPolicy}} } ],
              "roles": [ { "name": "delivery", "trust": {{trust}}, "policies": { "all": {{Everything}} } } ]
            }
            """);
        sandbox.Server.AddDelivery(JsonSerializer.Serialize(new
        {
            source = delivery.Source.Id,
            bucket = delivery.BucketName,
            account = delivery.AccountId,
            region = delivery.Region,
            prefix = delivery.KeyPrefix,
            sourceArn = delivery.SourceArn,
            kmsKeyArn = delivery.KmsKeyArn,
            roleArn = delivery.RoleArn,
            organizationId = delivery.OrganizationId,
        }));
    }

    private static string Settings(Delivery delivery)
        => delivery.Source.Family == DeliveryFamily.AclGrantee ? ", \"ownership\": \"BucketOwnerPreferred\""
            : delivery.KmsKeyArn is not null && delivery.Source.Id != "CloudTrail" ? $", \"kmsKeyId\": \"{delivery.KmsKeyArn}\""
            : string.Empty;

    /// <summary>Lets one delivery be tried, and says why it was refused; <see langword="null"/> when it arrived.</summary>
    private static string? Deliver(LiveSandbox sandbox)
    {
        sandbox.Server.Advance(TimeSpan.FromMinutes(5));
        var files = sandbox.State()["deliveries"]![0]!["logFiles"]!;
        Assert.True((string?)files["error"] is not null || (int)files["delivered"]! > 0);
        return (string?)files["error"] is { } error ? $"{error}: {(string?)files["reason"]}" : null;
    }
}
