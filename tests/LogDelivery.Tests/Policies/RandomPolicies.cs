using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Policies;

namespace LogDelivery.Tests.Policies;

/// <summary>What is known about a key, and eight ways in which it may really be.</summary>
internal sealed record RandomKey(string Name, ContextValue Known, ContextValue[] Ways)
{
    public const int WayCount = 8;

    public override string ToString() => $"{Name} = {Known} [{string.Join("; ", Ways.Select(w => w.ToString()))}]";
}

/// <summary>A policy and a request to it.</summary>
internal sealed record RandomCase(string[] Statements, RequestPrincipal Principal, string Action, string Resource, RandomKey[] Keys)
{
    public string Json => Given.PolicyJson(Statements);

    public PolicyDocument Policy => PolicyDocument.Parse(Json);

    /// <summary>The request as far as it is known.</summary>
    public PolicyRequest Request => MakeRequest(k => k.Known);

    /// <summary>The request as it may really be.</summary>
    public PolicyRequest RequestInFull(int way) => MakeRequest(k => k.Ways[way]);

    public override string ToString() => $"{Environment.NewLine}{Json}{Environment.NewLine}{Request}{Environment.NewLine}{string.Join(Environment.NewLine, Keys.Select(k => k.ToString()))}";

    private PolicyRequest MakeRequest(Func<RandomKey, ContextValue> value)
        => new(Principal, Action, Resource, new RequestContext(Keys.Select(k => KeyValuePair.Create(k.Name, value(k)))));
}

/// <summary>Generates policies and requests from few words, so that they meet often.</summary>
internal static class RandomPolicies
{
    /// <summary>AWS's own values, in the tests: nothing below names this address or holds it in a range.</summary>
    private const string InternalText = "192.0.2.77";

    private static readonly string[] TextValues = ["111122223333", "444455556666", "blue", "Blue", "o-example1", "*", "", "true"];
    private static readonly string[] TextPatterns = [.. TextValues, "1111*", "b?ue", "*", "?*", "${aws:SourceAccount}", "x${aws:PrincipalOrgID, 'o-none'}", "${*}", "*${aws:TagKeys}"];
    private static readonly string[] ArnValues =
    [
        "arn:aws:cloudtrail:us-east-1:111122223333:trail/main",
        "arn:aws:cloudtrail:eu-west-1:444455556666:trail/main",
        "arn:aws:logs:us-east-1:111122223333:delivery-source:x",
        "arn:aws:s3:::trail-logs",
    ];

    private static readonly string[] ArnPatterns =
    [
        .. ArnValues,
        "*",
        "arn:aws:cloudtrail:*:111122223333:trail/*",
        "arn:aws:logs:us-????-1:*:*:x",
        "arn:aws:*:*:${aws:SourceAccount}:*",
        "arn:*",
        "arn:aws:iam::111122223333:role/*",
    ];

    private static readonly string[] Forms =
    [
        "arn:aws:cloudtrail:*:111122223333:trail/*",
        "arn:aws:logs:us-east-1:111122223333:*",
        "arn:aws:cloudtrail:us-east-1:????????????:trail/main",
        "*",
        "?*",
        "b*e",
        "1111????3333",
        "arn:*",
    ];

    private static readonly string[] Fillings = ["", "", "a", "l", "us-east-1", "eu-west-1", "trail/main", "111122223333", "x"];

    private static readonly Dictionary<string, (string[] InPolicy, string[] InRequest)> Types = new()
    {
        ["String"] = (TextPatterns, TextValues),
        ["Arn"] = (ArnPatterns, ArnValues),
        ["Numeric"] = (["1.2", "3", "1e1"], ["1.1", "1.2", "10", "ten"]),
        ["Date"] = (["2026-01-31T00:00:00Z", "1769817600"], ["2026-01-30", "1769817600", "2026-02-01T00:00:00Z", "today"]),
        ["Bool"] = (["true", "false"], ["true", "false", "yes"]),
        ["Binary"] = (["QQ==", "QmluYXJ5"], ["QQ==", "Qg==", "-"]),
        ["Ip"] = (["203.0.113.0/24", "0.0.0.0/0", "2001:db8::/32", "203.0.113.9"], ["203.0.113.9", "198.51.100.1", "2001:db8::1", "here"]),
        ["Null"] = (["true", "false"], ["x"]),
    };

    private static readonly (string Name, string Type)[] Operators =
    [
        .. new[] { "Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike" }.Select(o => ($"String{o}", "String")),
        .. new[] { "Equals", "NotEquals", "Like", "NotLike" }.Select(o => ($"Arn{o}", "Arn")),
        .. new[] { "Numeric", "Date" }.SelectMany(t => new[] { "Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals" }.Select(o => ($"{t}{o}", t))),
        ("Bool", "Bool"), ("BinaryEquals", "Binary"), ("IpAddress", "Ip"), ("NotIpAddress", "Ip"), ("Null", "Null"),
    ];

    private static readonly (string Name, string Type)[] Keys =
    [
        ("aws:SourceAccount", "String"), ("aws:SourceArn", "Arn"), ("aws:PrincipalOrgID", "String"), ("aws:SourceIp", "Ip"),
        ("aws:SecureTransport", "Bool"), ("aws:TagKeys", "String"), ("s3:TlsVersion", "Numeric"), ("aws:CurrentTime", "Date"),
    ];

    private static readonly string[] Principals =
    [
        "\"Principal\":\"*\"",
        "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"}",
        "\"Principal\":{\"Service\":[\"config.amazonaws.com\",\"cloudtrail.amazonaws.com\"]}",
        "\"Principal\":{\"AWS\":\"111122223333\"}",
        "\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::111122223333:role/writer\"}",
    ];

    private static readonly string[] Actions = ["\"Action\":\"s3:PutObject\"", "\"Action\":\"s3:*\"", "\"Action\":[\"s3:GetBucketAcl\",\"s3:putobject*\"]", "\"NotAction\":\"s3:Get*\""];

    private static readonly string[] Resources =
    [
        "\"Resource\":\"*\"",
        "\"Resource\":\"arn:aws:s3:::trail-logs/*\"",
        "\"Resource\":[\"arn:aws:s3:::trail-logs\",\"arn:aws:s3:::trail-logs/*/${aws:SourceAccount}/*\"]",
        "\"NotResource\":\"arn:aws:s3:::trail-logs/${aws:PrincipalOrgID, 'x'}/*\"",
    ];

    public static Gen<string> Statement { get; } =
        from effect in Gen.Elements("Allow", "Allow", "Deny")
        from principal in Gen.Elements(Principals)
        from action in Gen.Elements(Actions)
        from resource in Gen.Elements(Resources)
        from conditions in Condition().ArrayOf()
        from count in Gen.Choose(0, 3)
        select $$"""{"Effect":"{{effect}}",{{principal}},{{action}},{{resource}},"Condition":{{{string.Join(',', conditions.Take(count).DistinctBy(c => c.Operator).Select(c => c.Json))}}} }""";

    /// <summary>Deny statements only.</summary>
    public static Gen<string> Deny { get; } = Statement.Select(s => s.Replace("\"Effect\":\"Allow\"", "\"Effect\":\"Deny\"", StringComparison.Ordinal));

    public static Arbitrary<RandomCase> Cases { get; } = Arb.From(
        from statements in Statement.ListOf()
        from size in Gen.Choose(0, 6)
        from principal in Gen.Elements(
            Given.CloudTrail, Given.CloudTrail, RequestPrincipal.Service("config.amazonaws.com"), RequestPrincipal.Anonymous,
            RequestPrincipal.Aws("arn:aws:sts::111122223333:assumed-role/writer/run-1"))
        from action in Gen.Elements("s3:PutObject", "s3:PutObject", "s3:GetBucketAcl")
        from resource in Gen.Elements(Given.ObjectArn, Given.ObjectArn, "arn:aws:s3:::trail-logs", "arn:aws:s3:::other/x/111122223333/y")
        from keys in Gen.CollectToArray(Keys, k => Key(k.Name, k.Type))
        select new RandomCase([.. statements.Take(size)], principal, action, resource, keys),
        Shrink);

    private static Gen<(string Operator, string Json)> Condition()
        => from prefix in Gen.Elements("", "", "", "ForAllValues:", "ForAnyValue:")
           from suffix in Gen.Elements("", "", "IfExists")
           from key in Gen.Elements(Keys)
           from fits in Gen.Choose(0, 3)
           from any in Gen.Elements(Operators)
           from fitting in Gen.Elements(Operators.Where(o => o.Type == key.Type || o.Type == "Null").ToArray())
           let op = fits > 0 ? fitting : any
           from values in Gen.Elements(Types[op.Type].InPolicy).NonEmptyListOf()
           from count in Gen.Choose(1, 2)
           let name = op.Type == "Null" ? op.Name : $"{prefix}{op.Name}{suffix}"
           select (name, $"\"{name}\":{{\"{key.Name}\":{JsonSerializer.Serialize(values.Take(count))}}}");

    private static Gen<RandomKey> Key(string name, string type)
    {
        var value = Gen.OneOf(Gen.Elements(Types[type].InRequest), Gen.Elements(Types[type].InRequest), Gen.Elements(TextValues), Gen.Elements(ArnValues));
        var values = Gen.Frequency(
            (6, value.Select(v => ContextValue.Of(v))),
            (1, from first in value from second in value select ContextValue.Of(first, second)));
        var anything = Gen.Frequency((1, Gen.Constant(ContextValue.Absent)), (4, values));
        var plain = Gen.Frequency(
            (4, anything.Select(v => new RandomKey(name, v, Repeat(v)))),
            (1, anything.ArrayOf(RandomKey.WayCount).Select(ways => new RandomKey(name, ContextValue.Unknown, ways))),
            (1, Gen.Constant(new RandomKey(name, ContextValue.Internal, [.. Enumerable.Range(0, RandomKey.WayCount).Select(i => i % 2 == 0 ? ContextValue.Absent : ContextValue.Of(InternalText))]))),
            (2, from form in Gen.Elements(Forms)
                from ways in Filled(form).ArrayOf(RandomKey.WayCount)
                select new RandomKey(name, ContextValue.Like(form), [.. ways.Select(w => ContextValue.Of(w))])));
        var either =
            from first in plain
            from second in plain
            from which in Gen.Choose(0, 1).ArrayOf(RandomKey.WayCount)
            select new RandomKey(
                name,
                ContextValue.OneOf(first.Known, second.Known),
                [.. which.Select((w, i) => (w == 0 ? first : second).Ways[i])]);
        return Gen.Frequency((6, plain), (1, either));
    }

    // A text of the form. In an ARN, nothing that a wildcard stands for holds a colon, but behind the fifth.
    private static Gen<string> Filled(string form)
        => from runs in Gen.Elements(Fillings).ArrayOf(form.Length)
           from ones in Gen.Elements('1', 'a', '3').ArrayOf(form.Length)
           from colon in Gen.Choose(0, 3)
           let tail = form.EndsWith('*') && colon == 0 && form != "arn:*" ? ":y" : ""
           select string.Concat(form.Select((c, i) => c switch
           {
               '*' => runs[i],
               '?' => ones[i].ToString(),
               _ => c.ToString(),
           })) + tail;

    private static ContextValue[] Repeat(ContextValue value) => [.. Enumerable.Repeat(value, RandomKey.WayCount)];

    // Fewer statements, then fewer keys.
    private static IEnumerable<RandomCase> Shrink(RandomCase value)
    {
        for (var i = 0; i < value.Statements.Length; i++)
        {
            yield return value with { Statements = [.. value.Statements[..i], .. value.Statements[(i + 1)..]] };
        }

        for (var i = 0; i < value.Keys.Length; i++)
        {
            yield return value with { Keys = [.. value.Keys[..i], .. value.Keys[(i + 1)..]] };
        }
    }
}
