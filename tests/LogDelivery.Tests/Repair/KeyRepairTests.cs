using System.Text.Json.Nodes;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>The same for the policies of keys: the grant is missing, or wrong, or a Deny takes it back.</summary>
public class KeyRepairTests
{
    private const string Admins =
        """{"Sid":"Admins","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/KeyAdmin"},"Action":["kms:Describe*","kms:Put*"],"Resource":"*"}""";

    private static readonly string[] Users =
    [
        """{"Sid":"Readers","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/LogAnalyst"},"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}}""",
        """{"Effect":"Deny","Principal":"*","Action":"kms:ScheduleKeyDeletion","Resource":"*"}""",
    ];

    private static readonly Dictionary<string, Action<JsonObject>> Causes = new()
    {
        ["grant missing"] = s => s["Action"] = "kms:CreateGrant",
        ["data keys missing"] = s => s["Action"] = "kms:Decrypt",
        ["another principal"] = s => s["Principal"] = new JsonObject { ["Service"] = "ec2.amazonaws.com" },
        ["another encryption context"] = s => s.SetCondition("StringLike", "kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::amzn-s3-demo-other/*"),
        ["encryption context of another trail"] = s => s.SetCondition("StringLike", "kms:EncryptionContext:aws:cloudtrail:arn", "arn:aws:cloudtrail:*:444455556666:trail/*"),
        ["stale aws:SourceArn"] = s => s.SetCondition("StringEquals", "aws:SourceArn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed"),
        ["another account"] = s => s.SetCondition("StringEquals", "aws:SourceAccount", "444455556666"),
        ["another resource"] = s => s["Resource"] = "arn:aws:kms:us-east-1:111122223333:key/other",
    };

    public static TheoryData<string, string> Broken
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var id in Sources)
            {
                foreach (var cause in Causes.Keys)
                {
                    data.Add(id, cause);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> WithKeys => [.. Sources];

    private static IEnumerable<string> Sources => SourceCatalog.All.Where(s => Situation.Grants(Delivery(s), PolicyTarget.Key).Length > 0).Select(s => s.Id);

    [Theory]
    [MemberData(nameof(WithKeys))]
    public void A_key_policy_without_the_grant_gets_it(string id)
    {
        var delivery = Delivery(SourceCatalog.Find(id)!);
        var plan = PolicyRepair.Plan(Situation.KeyPolicy([Admins, .. Users]), PolicyTarget.Key, [delivery]);
        AssertRepaired(plan, delivery);
        Assert.True(plan.HasChanges);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_wrong_grant_is_repaired(string id, string cause)
    {
        var delivery = Delivery(SourceCatalog.Find(id)!);
        var grants = Situation.Grants(delivery, PolicyTarget.Key);
        Array.ForEach(grants, g => Causes[cause](g));
        AssertRepaired(PolicyRepair.Plan(Situation.KeyPolicy([Admins, .. grants.Select(g => g.ToJsonString()), .. Users]), PolicyTarget.Key, [delivery]), delivery);
    }

    [Theory]
    [MemberData(nameof(WithKeys))]
    public void A_deny_is_narrowed_by_the_delivery(string id)
    {
        var delivery = Delivery(SourceCatalog.Find(id)!);
        var plan = PolicyRepair.Plan(
            Situation.KeyPolicy(
                [
                    Admins,
                    .. Situation.Grants(delivery, PolicyTarget.Key).Select(g => g.ToJsonString()),
                    """{"Sid":"LeftOver","Effect":"Allow","Principal":{"Service":"backup.amazonaws.com"},"Action":"kms:GenerateDataKey","Resource":"*"}""",
                    """{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}}""",
                    .. Users,
                ]),
            PolicyTarget.Key,
            [delivery],
            new() { NarrowDenies = true });
        AssertRepaired(plan, delivery, new() { NarrowDenies = true });
        Assert.All(plan.Edits, e => Assert.NotEqual(RepairEditKind.AddStatement, e.KindValue));
        Assert.True(delivery.Source.Family == DeliveryFamily.CustomerRole || plan.Rejected.Count > 0);
    }

    private static Delivery Delivery(DeliverySource source)
        => Situation.Of(source) with { KmsKeyArn = Situation.Key, Bucket = new() { BucketKeyEnabled = true, Encryption = BucketEncryption.SseKms } };

    private static void AssertRepaired(RepairPlan plan, Delivery delivery, RepairOptions? options = null)
    {
        Assert.True(plan.Succeeds, $"{string.Join("\n", plan.Obstacles)}\n{string.Join("\n", plan.Rejected)}\n{plan.After.Text}");
        Assert.True(plan.Certificate.IsValid);
        Assert.Equal(0, plan.Certificate.Lost);
        var after = PolicyDocument.Parse(plan.After.Text, PolicyKind.Key);
        var rows = PolicyTest.Run(delivery, null, after).Calls.Where(c => c.Call.Target == PolicyTarget.Key && !c.Call.IsOptional).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, c => Assert.True(c.Verdict == Verdict.Allowed, $"{c.Call}: {c.Verdict}, {c.Reason}"));
        var again = PolicyRepair.Plan(after, PolicyTarget.Key, [delivery], options);
        Assert.Empty(again.Edits);
        Assert.Equal(plan.After.Text, again.After.Text);
        Assert.Equal([Admins, .. Users], plan.After.Texts().Where(t => t == Admins || Users.Contains(t)));
    }
}
