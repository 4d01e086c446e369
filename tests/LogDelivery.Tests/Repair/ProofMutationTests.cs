using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>
/// The proof is worth as much as the wrong repairs that it refutes: every statement that a repair adds is spoiled in every
/// way that people spoil one, and every such document must be refuted with a witness.
/// </summary>
public class ProofMutationTests
{
    public static TheoryData<string, PolicyTarget> Repairs
    {
        get
        {
            var data = new TheoryData<string, PolicyTarget>();
            foreach (var source in SourceCatalog.All)
            {
                foreach (var target in Enum.GetValues<PolicyTarget>())
                {
                    if (Situation.Grants(Delivery(source, Situation.Account), target).Length > 0)
                    {
                        data.Add(source.Id, target);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Repairs))]
    public void Every_spoiled_repair_is_refuted(string id, PolicyTarget target)
    {
        var delivery = Delivery(SourceCatalog.Find(id)!, Situation.Account);
        foreach (var before in Befores(delivery, target))
        {
            var grants = Situation.Grants(delivery, target);
            var needed = Situation.Needed([delivery], target);
            var sound = Prove(before, Add(before, grants), needed, delivery, target);
            Assert.True(sound.IsValid, $"{sound.Witness}");
            Assert.True(sound.Gained > 0);
            for (var i = 0; i < grants.Length; i++)
            {
                var mutants = Mutants(grants[i], delivery).ToArray();
                Assert.True(mutants.Length >= 6 + (3 * grants[i].EachCondition().Length), $"{mutants.Length} ways to spoil {grants[i].ToJsonString()}");
                foreach (var (what, spoiled) in mutants)
                {
                    var mutant = Add(before, [.. grants[..i], spoiled, .. grants[(i + 1)..]]);
                    var certificate = Prove(before, mutant, needed, delivery, target);
                    Assert.False(certificate.IsValid, $"{what} in {spoiled.ToJsonString()}");
                    Assert.True(certificate.IsComplete);
                    Assert.True(certificate.Excess > 0);
                    Assert.NotNull(certificate.Witness);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Repairs))]
    public void Two_accounts_merged_into_the_lists_of_one_statement_are_refuted(string id, PolicyTarget target)
    {
        var source = SourceCatalog.Find(id)!;
        Delivery[] deliveries = [Delivery(source, Situation.Account), Delivery(source, Situation.OtherAccount)];
        var before = PolicyDocument.Empty(target == PolicyTarget.Key ? PolicyKind.Key : PolicyKind.Bucket);
        var needed = Situation.Needed(deliveries, target);
        var first = Situation.Grants(deliveries[0], target);
        var second = Situation.Grants(deliveries[1], target);
        Assert.True(Prove(before, Add(before, [.. first, .. second]), needed, deliveries[0], target).IsValid);
        for (var i = 0; i < first.Length; i++)
        {
            var (merged, lists) = Merge(first[i], second[i]);
            if (lists < 2)
            {
                // With one list only, the statement says just what the two say.
                Assert.True(Prove(before, Add(before, [.. first[..i], merged, .. first[(i + 1)..], .. second]), needed, deliveries[0], target).IsValid);
                continue;
            }

            var certificate = Prove(before, Add(before, [.. first[..i], merged, .. first[(i + 1)..], .. second]), needed, deliveries[0], target);
            Assert.False(certificate.IsValid, merged.ToJsonString());
            Assert.True(certificate.Excess > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Repairs))]
    public void A_repair_that_loses_a_statement_of_others_is_refuted(string id, PolicyTarget target)
    {
        var delivery = Delivery(SourceCatalog.Find(id)!, Situation.Account);
        var before = Befores(delivery, target)[1];
        var needed = Situation.Needed([delivery], target);
        var after = Add(before, Situation.Grants(delivery, target));
        for (var i = 0; i < before.Statements.Count; i++)
        {
            var nodes = JsonNode.Parse(after.Text)!.AsObject();
            nodes["Statement"]!.AsArray().RemoveAt(i);
            var certificate = Prove(before, PolicyDocument.Parse(nodes.ToJsonString(), before.Kind), needed, delivery, target);
            Assert.False(certificate.IsValid, $"without {before.Statements[i]}");
            Assert.Equal(before.Statements[i].Effect == PolicyEffect.Deny, certificate.Excess > 0);
            Assert.Equal(before.Statements[i].Effect == PolicyEffect.Allow, certificate.Lost > 0);
        }
    }

    private static Delivery Delivery(DeliverySource source, string account)
        => Situation.Of(source, account) with { KmsKeyArn = Situation.Key, Bucket = new() { BucketKeyEnabled = true }, HiveCompatiblePartitions = false };

    private static PolicyDocument[] Befores(Delivery delivery, PolicyTarget target) => target == PolicyTarget.Key
        ?
        [
            PolicyDocument.Empty(PolicyKind.Key),
            Situation.KeyPolicy(
                """{"Sid":"Admins","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/KeyAdmin"},"Action":"kms:*","Resource":"*"}""",
                """{"Sid":"OnlyHere","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:RequestedRegion":"us-east-1"}}}"""),
        ]
        : [PolicyDocument.Empty(), Situation.Policy(delivery, Situation.Foreign)];

    private static RepairCertificate Prove(PolicyDocument before, PolicyDocument after, PolicyDocument needed, Delivery delivery, PolicyTarget target)
        => RepairProof.Prove(before, after, needed, Situation.Resources(delivery, target));

    private static PolicyDocument Add(PolicyDocument before, IEnumerable<JsonObject> statements)
    {
        var document = JsonNode.Parse(before.Text)!.AsObject();
        foreach (var statement in statements)
        {
            document["Statement"]!.AsArray().Add(statement.DeepClone());
        }

        return PolicyDocument.Parse(document.ToJsonString(), before.Kind);
    }

    /// <summary>Every way to spoil one statement by one careless edit.</summary>
    private static IEnumerable<(string What, JsonObject Statement)> Mutants(JsonObject statement, Delivery delivery)
    {
        JsonObject Copy() => statement.DeepClone().AsObject();
        IEnumerable<(string, JsonObject)> Candidates()
        {
            foreach (var (_, _, key) in statement.EachCondition())
            {
                var dropped = Copy();
                dropped.DropCondition(key);
                yield return ($"{key} dropped", dropped);
            }

            foreach (var (op, block, key) in statement.EachCondition())
            {
                foreach (var (what, value) in Wider(block[key]!.ToString()))
                {
                    // Under StringEquals a wildcard is a plain character, so the operator is widened with it.
                    var widened = Copy();
                    widened.DropCondition(key);
                    widened.SetCondition(op == "StringEquals" ? "StringLike" : op, key, value);
                    yield return ($"{key}: {what}", widened);
                }

                var orAbsent = Copy();
                orAbsent.DropCondition(key);
                orAbsent.SetCondition($"{op}IfExists", key, block[key]!.DeepClone());
                yield return ($"{key} only if it exists", orAbsent);

                var more = Copy();
                more.SetCondition(op, key, new JsonArray(block[key] is JsonArray list ? [.. list.Select(v => v!.DeepClone()), "arn:aws:s3:::other"] : [block[key]!.DeepClone(), "arn:aws:s3:::other"]));
                yield return ($"{key}: one more value", more);
            }

            var resource = (string)statement["Resource"]!;
            if (resource.StartsWith("arn:", StringComparison.Ordinal))
            {
                foreach (var wide in new[] { $"{delivery.BucketArn}/*", "*", resource.Replace(delivery.AccountId, "*", StringComparison.Ordinal), resource.TrimEnd('*').TrimEnd('/') + "*", $"{delivery.BucketArn}*" })
                {
                    var widened = Copy();
                    widened["Resource"] = wide;
                    yield return ($"resource {wide}", widened);
                }
            }

            foreach (var principal in new JsonNode[] { "*", new JsonObject { ["AWS"] = "*" }, new JsonObject { ["AWS"] = Situation.OtherAccount, [Type(statement)] = statement["Principal"]![Type(statement)]!.DeepClone() } })
            {
                var widened = Copy();
                widened["Principal"] = Type(statement) == "AWS" && principal is JsonObject { Count: 1 } one && one["AWS"]!.ToString() == Situation.OtherAccount ? new JsonObject { ["AWS"] = "*" } : principal;
                yield return ($"principal {widened["Principal"]!.ToJsonString()}", widened);
            }

            // Where the first action ends in a wildcard, that wildcard is no wider.
            string[] actions = ["*", resource.StartsWith("arn:", StringComparison.Ordinal) ? "s3:*" : "kms:*", $"{FirstAction(statement)}*"];
            foreach (var action in actions.Where(a => !a.EndsWith("**", StringComparison.Ordinal)))
            {
                var widened = Copy();
                if (statement["Action"] is JsonArray list)
                {
                    widened["Action"] = new JsonArray([.. list.Select(a => a!.DeepClone()), action]);
                }
                else
                {
                    widened["Action"] = action;
                }

                yield return ($"action {action}", widened);
            }

            var inverted = Copy();
            inverted.Remove("Action");
            inverted["NotAction"] = resource.StartsWith("arn:", StringComparison.Ordinal) ? "s3:DeleteBucket" : "kms:ScheduleKeyDeletion";
            yield return ("all actions but one", inverted);
        }

        return Candidates().Where(m => !JsonNode.DeepEquals(m.Item2, statement));
    }

    private static IEnumerable<(string What, string Value)> Wider(string value)
    {
        yield return ("any value", "*");
        if (value.StartsWith("arn:", StringComparison.Ordinal))
        {
            var parts = value.Split(':', 6);
            for (var i = 2; i < parts.Length; i++)
            {
                // Nothing is where nothing was; and a part that is open already is no wider.
                if (parts[i].Length > 0 && parts[i] != "*")
                {
                    yield return ($"part {i} open", string.Join(':', parts.Select((p, at) => at == i ? "*" : p)));
                }
            }
        }
        else if (value.Length > 1)
        {
            yield return ("first character only", $"{value[0]}*");
        }
    }

    private static string Type(JsonObject statement) => statement["Principal"]!.AsObject().First().Key;

    private static string FirstAction(JsonObject statement) => statement["Action"] is JsonArray list ? list[0]!.ToString() : statement["Action"]!.ToString();

    /// <summary>One statement for two accounts, and how many of its elements are lists of both.</summary>
    private static (JsonObject Merged, int Lists) Merge(JsonObject first, JsonObject second)
    {
        var lists = 0;
        JsonNode Both(JsonNode a, JsonNode b)
        {
            if (JsonNode.DeepEquals(a, b))
            {
                return a.DeepClone();
            }

            lists++;
            return new JsonArray(a.DeepClone(), b.DeepClone());
        }

        var merged = first.DeepClone().AsObject();
        merged["Resource"] = Both(first["Resource"]!, second["Resource"]!);
        merged["Principal"] = new JsonObject { [Type(first)] = Both(first["Principal"]![Type(first)]!, second["Principal"]![Type(second)]!) };
        foreach (var ((op, block, key), other) in first.EachCondition().Zip(second.EachCondition()))
        {
            merged.SetCondition(op, key, Both(block[key]!, other.Block[key]!));
        }

        return (merged, lists);
    }
}
