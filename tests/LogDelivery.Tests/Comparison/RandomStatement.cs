using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Policies;

namespace LogDelivery.Tests.Comparison;

/// <summary>A statement that random pairs of policies are made of.</summary>
internal sealed record RandomStatement(string Effect, string Principal, string Action, string Resource, string[] Conditions)
{
    public string Json => $$"""{"Effect":"{{Effect}}",{{Principal}},{{Action}},{{Resource}}{{(Conditions.Length == 0 ? string.Empty : $",\"Condition\":{{{string.Join(',', Conditions)}}}")}}}""";

    public IEnumerable<RandomStatement> Shrink() => Conditions.Select((_, i) => this with { Conditions = [.. Conditions.Where((_, at) => at != i)] });

    public override string ToString() => Json;
}

/// <summary>Two policies, the second often only a small change of the first.</summary>
internal sealed record RandomPair(RandomStatement[] First, RandomStatement[] Second)
{
    public PolicyDocument Before => Document(First);

    public PolicyDocument After => Document(Second);

    public static PolicyDocument Document(IEnumerable<RandomStatement> statements)
        => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(",\n", statements.Select(s => s.Json))}}]}""", PolicyKind.Bucket);

    public override string ToString() => $"\nBEFORE\n{string.Join("\n", First.Select(s => s.Json))}\nAFTER\n{string.Join("\n", Second.Select(s => s.Json))}";
}

/// <summary>
/// Policies over a small stock of overlapping patterns with every condition operator, so that random pairs really touch
/// each other.
/// </summary>
internal static class RandomPolicies
{
    public const string Bucket = "arn:aws:s3:::amzn-s3-demo-bucket";

    private static readonly string[] Principals =
    [
        """ "Principal":"*" """,
        """ "Principal":"*" """,
        """ "Principal":{"AWS":"*"} """,
        """ "Principal":{"Service":"cloudtrail.amazonaws.com"} """,
        """ "Principal":{"Service":["delivery.logs.amazonaws.com","cloudtrail.amazonaws.com"]} """,
        """ "Principal":{"AWS":"111122223333"} """,
        """ "Principal":{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::444455556666:root"]} """,
        """ "Principal":{"AWS":"arn:aws:iam::111122223333:role/Admin"} """,
        """ "Principal":{"AWS":["arn:aws:iam::444455556666:role/Admin","arn:aws:iam::111122223333:user/alice"]} """,
        """ "Principal":{"AWS":"arn:aws:iam::111122223333:role/ops/Admin"} """,
        """ "Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/Admin/run-1"} """,
        """ "Principal":{"Federated":"cognito-identity.amazonaws.com","CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"} """,
        """ "NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/Admin"} """,
        """ "NotPrincipal":{"AWS":["111122223333"],"Service":"cloudtrail.amazonaws.com"} """,
    ];

    private static readonly string[] Actions =
    [
        """ "Action":"s3:PutObject" """,
        """ "Action":"s3:*" """,
        """ "Action":"*" """,
        """ "Action":["s3:GetBucketAcl","s3:Put*"] """,
        """ "Action":"s3:putobject" """,
        """ "Action":"s3:?etObject" """,
        """ "NotAction":"s3:GetBucketAcl" """,
        """ "NotAction":["s3:Get*","s3:PutObjectAcl"] """,
    ];

    private static readonly string[] Resources =
    [
        """ "Resource":"*" """,
        $""" "Resource":["{Bucket}","{Bucket}/*"] """,
        $""" "Resource":"{Bucket}/*" """,
        $""" "Resource":"{Bucket}/AWSLogs/111122223333/*" """,
        $""" "Resource":"{Bucket}/AWSLogs/*/CloudTrail/*" """,
        $""" "Resource":["{Bucket}/AWSLogs/1111????3333/*","{Bucket}"] """,
        $""" "NotResource":["{Bucket}/AWSLogs/*","{Bucket}"] """,
    ];

    private static readonly string[] TiedResources =
    [
        $""" "Resource":"{Bucket}/AWSLogs/$""" + """{aws:SourceAccount}/*" """,
        $""" "Resource":"{Bucket}/home/$""" + """{aws:username}/*" """,
        $""" "Resource":"{Bucket}/$""" + """{aws:PrincipalTag/team, 'none'}/*" """,
        $""" "Resource":"{Bucket}/AWSLogs/$""" + """{aws:PrincipalAccount}/*" """,
        $""" "Resource":"{Bucket}/*/$""" + """{aws:SourceAccount}/*" """,
        $""" "Resource":["{Bucket}/?111*/CloudTrail/*","{Bucket}/AWSLogs/*3/*"] """,
        $""" "NotResource":"{Bucket}/AWSLogs/$""" + """{aws:SourceAccount}/*" """,
    ];

    private static readonly (string Operator, string Test)[] Conditions =
    [
        ("StringEquals", """ "aws:SourceAccount":"111122223333" """),
        ("StringEquals", """ "aws:SourceAccount":["111122223333","444455556666"] """),
        ("StringLike", """ "aws:SourceAccount":"1111*" """),
        ("StringNotEquals", """ "aws:SourceAccount":"111122223333" """),
        ("StringEquals", """ "aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/main" """),
        ("StringEqualsIgnoreCase", """ "aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/Main" """),
        ("StringNotEqualsIgnoreCase", """ "s3:x-amz-acl":"Bucket-Owner-Full-Control" """),
        ("StringNotLike", """ "aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:*" """),
        ("ArnLike", """ "aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:trail/*" """),
        ("ArnNotLike", """ "aws:SourceArn":["arn:aws:cloudtrail:us-*:*:trail/main","arn:aws:logs:*"] """),
        ("ArnEquals", """ "aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/main" """),
        ("ArnNotEquals", """ "aws:SourceArn":"*" """),
        ("StringEquals", """ "s3:x-amz-acl":"bucket-owner-full-control" """),
        ("StringEquals", """ "s3:prefix":["","home/"] """),
        ("StringLike", """ "s3:prefix":"home/*" """),
        ("StringLike", """ "s3:prefix":"*" """),
        ("StringNotEquals", """ "s3:prefix":"home/" """),
        ("StringNotEquals", """ "aws:SourceVpce":"vpce-1a2b3c4d" """),
        ("Null", """ "aws:SourceVpce":"true" """),
        ("Null", """ "aws:SourceAccount":["false"] """),
        ("Null", """ "s3:prefix":"false" """),
        ("NumericEquals", """ "s3:max-keys":"10" """),
        ("NumericNotEquals", """ "s3:max-keys":["10","20"] """),
        ("NumericLessThan", """ "s3:max-keys":"10" """),
        ("NumericLessThanEquals", """ "s3:max-keys":10.5 """),
        ("NumericGreaterThan", """ "s3:max-keys":"9007199254740993000" """),
        ("NumericGreaterThanEquals", """ "s3:max-keys":"-20" """),
        ("DateEquals", """ "aws:CurrentTime":"2026-01-31T00:00:00.1234567Z" """),
        ("DateNotEquals", """ "aws:CurrentTime":"2026-01-31" """),
        ("DateLessThan", """ "aws:CurrentTime":"2026-01-31T12:00:00Z" """),
        ("DateLessThanEquals", """ "aws:CurrentTime":"9999-12-31T23:59:59Z" """),
        ("DateGreaterThan", """ "aws:CurrentTime":"2026-01-31T00:00:00Z" """),
        ("DateGreaterThanEquals", """ "aws:CurrentTime":"1769817600" """),
        ("Bool", """ "aws:SecureTransport":"false" """),
        ("Bool", """ "aws:SecureTransport":"true" """),
        ("Bool", """ "aws:PrincipalIsAWSService":"false" """),
        ("Bool", """ "aws:PrincipalIsAWSService":"true" """),
        ("BinaryEquals", """ "s3:key-digest":"QUJD" """),
        ("IpAddress", """ "aws:SourceIp":["203.0.113.0/24","2001:db8::/32"] """),
        ("IpAddress", """ "aws:SourceIp":"203.0.113.128/25" """),
        ("NotIpAddress", """ "aws:SourceIp":["203.0.113.0/24","::ffff:0:0/96"] """),
        ("NotIpAddress", """ "aws:SourceIp":"0.0.0.0/0" """),
        ("ArnNotLike", """ "aws:PrincipalArn":["arn:aws:iam::111122223333:role/Admin","arn:aws:iam::111122223333:role/ops/*"] """),
        ("ArnLike", """ "aws:PrincipalArn":"arn:aws:iam::*:role/Admin" """),
        ("ArnLike", """ "aws:PrincipalArn":"arn:aws:iam::4444*:*" """),
        ("ArnEquals", """ "aws:PrincipalArn":"arn:aws:iam::111122223333:root" """),
        ("ArnNotEquals", """ "aws:PrincipalArn":"arn:aws:iam::111122223333:user/alice" """),
        ("StringNotLike", """ "aws:PrincipalArn":"arn:aws:iam::111122223333:*" """),
        ("StringLike", """ "aws:PrincipalArn":["*:role/*","arn:aws-cn:iam::*"] """),
        ("StringEquals", """ "aws:PrincipalArn":"arn:aws:iam::111122223333:role/Admin" """),
        ("StringEquals", """ "aws:PrincipalAccount":["111122223333","444455556666"] """),
        ("StringNotEquals", """ "aws:PrincipalAccount":"444455556666" """),
        ("StringLike", """ "aws:PrincipalAccount":"4444*" """),
        ("StringEquals", """ "aws:PrincipalOrgID":"o-exampleorgid" """),
        ("StringNotEquals", """ "aws:PrincipalOrgID":"o-exampleorgid" """),
        ("ForAnyValue:StringLike", """ "aws:PrincipalOrgPaths":"o-exampleorgid/r-ab12/*" """),
        ("ForAllValues:StringNotLike", """ "aws:PrincipalOrgPaths":"o-exampleorgid/*" """),
        ("StringEquals", """ "aws:PrincipalTag/team":"audit" """),
        ("StringNotEquals", """ "aws:PrincipalTag/team":["audit","none"] """),
        ("StringEquals", """ "aws:PrincipalType":"User" """),
        ("StringEquals", """ "aws:username":"alice" """),
        ("StringNotEquals", """ "aws:PrincipalServiceName":"cloudtrail.amazonaws.com" """),
        ("StringLike", """ "aws:PrincipalServiceName":"*.logs.amazonaws.com" """),
        ("ForAnyValue:StringEquals", """ "aws:PrincipalServiceNamesList":"cloudtrail.amazonaws.com" """),
        ("ForAnyValue:StringEquals", """ "aws:PrincipalServiceNamesList":"cloudtrail.eu-west-1.amazonaws.com" """),
        ("ForAllValues:StringEquals", """ "aws:PrincipalServiceNamesList":["cloudtrail.amazonaws.com","delivery.logs.amazonaws.com"] """),
        ("ForAllValues:StringNotEquals", """ "aws:PrincipalServiceNamesList":["cloudtrail.amazonaws.com","delivery.logs.amazonaws.com"] """),
        ("ForAllValues:StringEquals", """ "aws:TagKeys":["team","stage"] """),
        ("ForAnyValue:StringEquals", """ "aws:TagKeys":["team"] """),
        ("ForAnyValue:StringNotLike", """ "aws:TagKeys":["team","s*"] """),
        ("StringEquals", """ "aws:TagKeys":"team" """),
    ];

    private static readonly (string Operator, string Test)[] TiedConditions =
    [
        ("StringEquals", """ "aws:SourceAccount":"${aws:PrincipalAccount}" """),
        ("StringNotEquals", """ "aws:SourceAccount":"${aws:ResourceAccount}" """),
        ("StringLike", """ "s3:prefix":"home/${aws:username}/*" """),
        ("StringEquals", """ "s3:prefix":"${aws:PrincipalTag/team, 'none'}" """),
        ("ArnLike", """ "aws:SourceArn":"arn:aws:cloudtrail:*:${aws:SourceAccount}:trail/*" """),
        ("StringNotEquals", """ "aws:PrincipalAccount":"${aws:ResourceAccount}" """),
        ("StringEquals", """ "aws:PrincipalAccount":["${aws:SourceAccount}","123456789012"] """),
        ("StringNotEquals", """ "aws:PrincipalOrgID":"${aws:ResourceOrgID}" """),
        ("StringNotEqualsIgnoreCase", """ "s3:prefix":"HOME/${aws:username}" """),
    ];

    public static Gen<RandomStatement> Statement(int maxConditions = 2, int variables = 0) =>
        from effect in Gen.Elements("Allow", "Allow", "Deny")
        from principal in Gen.Elements(Principals)
        from action in Gen.Elements(Actions)
        from tied in Gen.Choose(0, 9)
        from resource in tied <= variables ? Gen.Elements(TiedResources) : Gen.Elements(Resources)
        from conditions in Gen.ArrayOf(Condition(variables), maxConditions)
        from count in Gen.Choose(0, maxConditions)
        select new RandomStatement(effect, principal.Trim(), action.Trim(), resource.Trim(), Block(conditions.Take(count)));

    public static Arbitrary<RandomPair> Pairs(int maxStatements = 4, int maxConditions = 2, int variables = 0)
    {
        var statement = Statement(maxConditions, variables);
        return Arb.From(
            from first in Gen.ArrayOf(statement, maxStatements)
            from firstCount in Gen.Choose(1, maxStatements)
            from kind in Gen.Choose(0, 5)
            from other in statement
            from others in Gen.ArrayOf(statement, 2)
            from at in Gen.Choose(0, firstCount - 1)
            select new RandomPair(first[..firstCount], Change(first[..firstCount], kind, at, other, others)),
            Shrink);
    }

    private static Gen<(string Operator, string Json)> Condition(int variables) =>
        from tied in Gen.Choose(0, 9)
        from condition in tied <= variables ? Gen.Elements(TiedConditions) : Gen.Elements(Conditions)
        from ifExists in Gen.Choose(0, 3)
        let op = ifExists == 0 && condition.Operator != "Null" ? $"{condition.Operator}IfExists" : condition.Operator
        select (op, $"\"{op}\":{{{condition.Test.Trim()}}}");

    private static string[] Block(IEnumerable<(string Operator, string Json)> conditions) => [.. conditions.DistinctBy(c => c.Operator).Select(c => c.Json)];

    // Most pairs differ by one small thing: that is where a comparison overlooks something.
    private static RandomStatement[] Change(RandomStatement[] first, int kind, int at, RandomStatement other, RandomStatement[] others)
    {
        var second = first.ToArray();
        switch (kind)
        {
            case 0:
                return others;
            case 1:
                return [.. first.Where((_, i) => i != at)];
            case 2:
                return [.. first, other];
            case 3:
                second[at] = first[at] with { Principal = other.Principal };
                return second;
            case 4:
                second[at] = first[at] with { Resource = other.Resource, Action = first[at].Action };
                return second;
            default:
                second[at] = first[at] with { Conditions = other.Conditions };
                return second;
        }
    }

    private static IEnumerable<RandomPair> Shrink(RandomPair pair)
    {
        static IEnumerable<RandomStatement[]> Fewer(RandomStatement[] statements)
        {
            for (var i = 0; i < statements.Length; i++)
            {
                yield return [.. statements.Where((_, at) => at != i)];
                foreach (var smaller in statements[i].Shrink())
                {
                    yield return [.. statements.Select((s, at) => at == i ? smaller : s)];
                }
            }
        }

        // The same statement is made smaller on both sides, or they would differ by that alone.
        foreach (var statement in pair.First.Intersect(pair.Second))
        {
            yield return new([.. pair.First.Where(s => s != statement)], [.. pair.Second.Where(s => s != statement)]);
            foreach (var smaller in statement.Shrink())
            {
                yield return new([.. pair.First.Select(s => s == statement ? smaller : s)], [.. pair.Second.Select(s => s == statement ? smaller : s)]);
            }
        }

        foreach (var first in Fewer(pair.First))
        {
            yield return pair with { First = first };
        }

        foreach (var second in Fewer(pair.Second))
        {
            yield return pair with { Second = second };
        }
    }
}
