using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Tests.Repair;

/// <summary>What people do to a policy so that logs no longer arrive.</summary>
internal sealed class RootCause
{
    private readonly Func<Delivery, IEnumerable<JsonObject>> make;

    private RootCause(string name, Func<Delivery, IEnumerable<JsonObject>> make)
    {
        Name = name;
        this.make = make;
    }

    public string Name { get; }

    /// <summary>What goes wrong with the Allow statements.</summary>
    public static IReadOnlyList<RootCause> Allows { get; } =
    [
        new("statements removed", _ => []),
        new("path without prefix", d => Situation.Grants(d with { KeyPrefix = null })),
        new("path with another prefix", d => Situation.Grants(d with { KeyPrefix = "old" })),
        new("another account in the path", d => Edit(d, s => s["Resource"] = ((string)s["Resource"]!).Replace(d.AccountId, Situation.OtherAccount, StringComparison.Ordinal))),
        new("another account throughout", d => Situation.Grants(Situation.Of(d.Source, Situation.OtherAccount))),
        new("stale aws:SourceArn", d => Edit(d, s => Reset(s, "aws:SourceArn", Situation.SourceArnOf(d.Source, d.AccountId, "renamed") ?? "arn:aws:s3:::amzn-s3-demo-old"))),
        new("another aws:SourceAccount", d => Edit(d, s => Reset(s, "aws:SourceAccount", Situation.OtherAccount))),
        new("another principal", d => Edit(d, s => s["Principal"] = new JsonObject { ["Service"] = "ec2.amazonaws.com" })),
        new("principal is the account", d => Edit(d, s => s["Principal"] = new JsonObject { ["AWS"] = d.AccountId })),
        new("acl condition missing", d => Edit(d, s => s.DropCondition("s3:x-amz-acl"))),
        new("acl condition of another header", d => Edit(d, s => s.SetCondition("StringEquals", "s3:x-amz-acl", "private"))),
        new("action missing", d => Edit(d, s => s["Action"] = "s3:GetObject")),
        new("first statement missing", d => Situation.Grants(d).Skip(1)),
        new("last statement missing", d => Situation.Grants(d).SkipLast(1)),
        new("wildcard under StringEquals", d => Edit(d, s =>
        {
            s.DropCondition("aws:SourceArn");
            s.SetCondition("StringEquals", "aws:SourceArn", $"arn:aws:*:*:{d.AccountId}:*");
        })),
        new("condition on an absent key", d => Edit(d, s => s.SetCondition("StringEquals", "aws:PrincipalOrgID", "o-exampleorgid"))),
    ];

    /// <summary>What takes the deliveries back: a Deny that was meant for others.</summary>
    public static IReadOnlyList<RootCause> Denies { get; } =
    [
        Deny("PrincipalOrgID", """ "Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}} """),
        Deny("PrincipalOrgID if it exists", """ "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorgid"}} """),
        Deny("SourceVpce", """ "Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}} """),
        Deny("SourceVpce if it exists", """ "Condition":{"StringNotEqualsIfExists":{"aws:SourceVpce":["vpce-1a2b3c4d","vpce-5e6f7a8b"]}} """),
        Deny("SourceIp", """ "Condition":{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","198.51.100.0/24"]}} """),
        Deny("no encryption header", """ "Condition":{"Null":{"s3:x-amz-server-side-encryption":"true"}} """, action: "s3:PutObject", resource: "\"BUCKET/*\""),
        Deny("another encryption", """ "Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}} """, action: "s3:PutObject", resource: "\"BUCKET/*\""),
        Deny("NotPrincipal", principal: "\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::111122223333:root\",\"arn:aws:iam::111122223333:role/LogAnalyst\"]}"),
        Deny("list of PrincipalArn", """ "Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/LogAnalyst","arn:aws:iam::111122223333:root"]}} """),
        Deny("list of PrincipalArn as text", """ "Condition":{"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"}} """),
        Deny("any of the services not named", """ "Condition":{"ForAnyValue:StringNotEquals":{"aws:PrincipalServiceNamesList":["backup.amazonaws.com"]}} """),
        Deny("all of the services not named", """ "Condition":{"ForAllValues:StringNotEquals":{"aws:PrincipalServiceNamesList":["backup.amazonaws.com"]}} """),
        Deny("no full control for the owner", """ "Condition":{"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}} """, action: "s3:PutObject", resource: "\"BUCKET/*\""),
        Deny("everybody", action: "s3:PutObject", resource: "\"BUCKET/*\""),
        Deny("all actions but reading", """ "Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}} """, element: "NotAction", action: "s3:GetObject"),
    ];

    public static RootCause Find(string name) => Allows.Concat(Denies).Single(c => c.Name == name);

    /// <summary>The policy: statements of others before and behind what is wrong.</summary>
    public PolicyDocument Policy(Delivery delivery)
        => Situation.Policy(delivery, [Situation.Foreign[0], .. make(delivery).Select(s => s.ToJsonString()), .. Situation.Foreign[1..]]);

    private static RootCause Deny(
        string name, string condition = "", string principal = "\"Principal\":\"*\"", string element = "Action", string action = "s3:*", string resource = "[\"BUCKET\",\"BUCKET/*\"]")
    {
        var rest = condition.Length == 0 ? string.Empty : $",{condition}";
        var json = $$"""{"Sid":"Perimeter","Effect":"Deny",{{principal}},"{{element}}":"{{action}}","Resource":{{resource}}{{rest}}}""";
        return new($"deny: {name}", d => [.. Situation.Grants(d), JsonNode.Parse(json)!.AsObject()]);
    }

    private static IEnumerable<JsonObject> Edit(Delivery delivery, Action<JsonObject> edit)
    {
        foreach (var statement in Situation.Grants(delivery))
        {
            edit(statement);
            yield return statement;
        }
    }

    private static void Reset(JsonObject statement, string key, string value)
    {
        foreach (var (_, block, name) in statement.EachCondition().Where(c => c.Key.Equals(key, StringComparison.OrdinalIgnoreCase)))
        {
            block[name] = value;
        }
    }
}
