using System.Text;
using System.Text.Json;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>Whatever others have in a policy is there afterwards, every value byte for byte.</summary>
public class ForeignStatementTests
{
    // What people and tools write: lists of one, escapes, repeated and missing Sids, odd casing of keys, numbers and
    // Booleans as they stand, statements that say nothing.
    private static readonly string[] Odd =
    [
        """{ "Sid" : "Protokolle für Prüfer ✓ 監査 🪵", "Effect":"Allow", "Principal":{"AWS":["arn:aws:iam::111122223333:role\/LogAnalyst"]}, "Action":["s3:GetObject"], "Resource":["BUCKET/*"] }""",
        """{"Sid":"\u004dixed\u0020escapes","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/keep\u002f*"}""",
        """{"Sid":"Twice","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"BUCKET"}""",
        """{"Sid":"Twice","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:DeleteBucket*","Resource":"BUCKET"}""",
        """{"Effect":"Deny","Principal":"*","NotAction":["S3:*"],"Resource":["BUCKET","BUCKET/*"]}""",
        """{"Sid":"","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"],"Condition":{"Bool":{"AWS:securetransport":false}}}""",
        """{"Sid":"Number","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET/*"],"Condition":{"NumericLessThan":{"s3:TlsVersion":1.20}}}""",
        """{"Resource":"BUCKET/reports/${aws:username}/*","Action":["s3:GetObject","s3:GetObjectTagging"],"Principal":{"AWS":"111122223333"},"Effect":"Allow","Sid":"Backwards"}""",
    ];

    public static TheoryData<int, int> Sizes => new() { { 1, 7 }, { 2, 8 }, { 3, 20 }, { 4, 60 }, { 5, 100 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Every_foreign_statement_is_the_same_JSON_value_afterwards(int seed, int count)
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        for (var round = 0; round < (LongForm.IsOn ? 20 : 3); round++)
        {
            var random = new Random((seed * 1000) + round);
            var before = Policy(random, count, space: 20_480 - 1_200);
            await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, before, LiveSandbox.Cancel);
            var record = await sandbox.RunOneAsync();
            Assert.True(record.OutcomeValue == PolicyRepairOutcome.Repaired, $"{record.Explanation} {string.Join(' ', record.Obstacles)}");
            var after = (await sandbox.PolicyAsync())!;
            AssertKept(before, after);
            Assert.True(Encoding.UTF8.GetByteCount(after) <= 20_480);
        }
    }

    [Fact]
    public async Task A_document_that_is_full_of_white_space_loses_that_and_nothing_else()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var compact = Policy(new Random(7), 40, space: 12_000);
        var padding = new string(' ', 20_480 - Encoding.UTF8.GetByteCount(compact) - 10);
        var before = compact.Insert(1, padding);
        await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, before, LiveSandbox.Cancel);
        Assert.Equal(PolicyRepairOutcome.Repaired, (await sandbox.RunOneAsync()).OutcomeValue);
        AssertKept(before, (await sandbox.PolicyAsync())!);
    }

    [Fact]
    public async Task What_does_not_fit_is_not_written()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var before = Policy(new Random(8), 100, space: 20_400);
        await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, before, LiveSandbox.Cancel);
        var record = await sandbox.RunOneAsync();
        Assert.Equal((PolicyRepairOutcome.Blocked, false), (record.OutcomeValue, record.IsLetIn));
        Assert.Contains(record.Obstacles, o => o.Contains("20,480", StringComparison.Ordinal));
        Assert.Equal(before, await sandbox.PolicyAsync());
    }

    /// <summary>Statements of both documents, value by value as they stand in the text, but for white space between values.</summary>
    private static void AssertKept(string before, string after)
    {
        var kept = Statements(after).GroupBy(s => s, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var group in Statements(before).GroupBy(s => s, StringComparer.Ordinal))
        {
            Assert.True(kept.GetValueOrDefault(group.Key) >= group.Count(), group.Key);
        }

        Assert.Equal(Statements(before), Statements(after).Take(Statements(before).Length));
    }

    private static string[] Statements(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("Statement").EnumerateArray().Select(s => Raw(s))];
    }

    private static string Raw(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(m => $"{m.Name}:{Raw(m.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Raw))}]",
        _ => element.GetRawText(),
    };

    private static string Policy(Random random, int count, int space)
    {
        var statements = new List<string>();
        var length = 60;
        for (var i = 0; i < count; i++)
        {
            var statement = (i < Odd.Length ? Odd[i] : Common(random, i)).Replace("BUCKET", $"arn:aws:s3:::{LiveSandbox.Bucket}", StringComparison.Ordinal);
            var size = Encoding.UTF8.GetByteCount(statement) + 2;
            if (length + size > space)
            {
                break;
            }

            length += size;
            statements.Add(statement);
        }

        var filler = space > 20_000 ? $"{{\"Sid\":\"{new string('x', Math.Max(1, space - length - 150))}\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:DeleteBucket\",\"Resource\":\"arn:aws:s3:::{LiveSandbox.Bucket}\"}}" : null;
        var text = $$"""{"Version":"2012-10-17","Id":"Ämter","Statement":[{{string.Join(random.Next(2) == 0 ? "," : ",\n", filler is null ? statements : statements.Append(filler))}}]}""";
        Assert.True(PolicyDocument.TryParse(text, PolicyKind.Bucket, out _, out var problems), string.Join('\n', problems));
        return text;
    }

    private static string Common(Random random, int i)
    {
        var sid = random.Next(4) == 0 ? string.Empty : $"\"Sid\":\"S{random.Next(i + 1)}{(random.Next(3) == 0 ? "é" : string.Empty)}\",";
        var action = random.Next(2) == 0 ? "\"s3:GetObject\"" : "[ \"s3:GetObject\" ]";
        return $$"""{ {{sid}}"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/R{{i}}"},"Action":{{action}},"Resource":"BUCKET/p{{i}}/*"}""";
    }
}
