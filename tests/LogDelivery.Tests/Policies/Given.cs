using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>The policies and requests that the tests are about, with everything filled in that a test does not name.</summary>
internal static class Given
{
    public const string Account = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string ObjectArn = "arn:aws:s3:::trail-logs/AWSLogs/111122223333/CloudTrail/file.gz";

    /// <summary>A single-valued key of type string that no test has another use for.</summary>
    public const string Key = "aws:RequestTag/team";

    public static readonly RequestPrincipal CloudTrail = RequestPrincipal.Service("cloudtrail.amazonaws.com");

    /// <summary>One statement: an Allow for everyone on everything, changed by the members given.</summary>
    public static string StatementJson(string members = "")
    {
        var given = JsonNode.Parse($"{{{members}}}")!.AsObject();
        var statement = new JsonObject();
        foreach (var (name, value) in new[] { ("Effect", "Allow"), ("Principal", "*"), ("Action", "s3:PutObject"), ("Resource", "*") })
        {
            if (!given.ContainsKey(name) && !given.ContainsKey($"Not{name}"))
            {
                statement[name] = value;
            }
        }

        foreach (var (name, value) in given)
        {
            statement[name] = value?.DeepClone();
        }

        return statement.ToJsonString();
    }

    public static string PolicyJson(string[] statements, string version = "2012-10-17")
        => $$"""{"Version":"{{version}}","Statement":[{{string.Join(',', statements)}}]}""";

    /// <summary>A policy of such statements.</summary>
    public static PolicyDocument Policy(params string[] members)
        => PolicyDocument.Parse(PolicyJson([.. members.Select(StatementJson)]));

    public static PolicyRequest Request(
        RequestPrincipal? principal = null, string action = "s3:PutObject", string resource = ObjectArn, RequestContext? context = null)
        => new(principal ?? CloudTrail, action, resource, context);

    public static RequestContext Context(params (string Key, ContextValue Value)[] entries)
        => new(entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));

    /// <summary>The values that a text stands for: null for an absent key, <c>a|b</c> for two values.</summary>
    public static ContextValue Value(string? text) => text is null ? ContextValue.Absent : ContextValue.Of(text.Split('|'));

    /// <summary>A text as JSON; <c>a|b</c> is a list of two.</summary>
    public static string Values(string text)
    {
        var values = text.Split('|');
        return values.Length == 1 ? JsonSerializer.Serialize(text) : JsonSerializer.Serialize(values);
    }

    /// <summary>What a condition says to a request that carries the key so.</summary>
    public static Truth Test(string op, string policyValues, string? requestValue)
        => Test(op, Key, Values(policyValues), Value(requestValue));

    /// <summary>What a condition says; checked by way of the condition itself and of the verdict.</summary>
    public static Truth Test(string op, string key, string policyJson, ContextValue value, params (string Key, ContextValue Value)[] more)
    {
        var policy = Policy($$$"""
            "Condition":{{{{JsonSerializer.Serialize(op)}}}:{{{{JsonSerializer.Serialize(key)}}}:{{{policyJson}}}}}
            """);
        var context = Context([(key, value), .. more]);
        var truth = Assert.Single(policy.Statements[0].Conditions).Test(context);
        var expected = truth switch
        {
            Truth.True => Verdict.Allowed,
            Truth.False => Verdict.ImplicitDeny,
            _ => Verdict.Unknown,
        };
        Assert.Equal(expected, policy.Evaluate(Request(context: context)).Verdict);
        return truth;
    }
}
