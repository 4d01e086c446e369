using System.Text;
using System.Text.Json.Nodes;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>Documents in every layout that people keep them in: an edit changes its place and no other byte.</summary>
public class PolicyEditorTests
{
    private const string BucketArn = "arn:aws:s3:::amzn-s3-demo-bucket";

    // A foreign Allow, and a Deny that stops CloudTrail. Odd spellings on purpose.
    private const string Reader = """{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}""";

    private static readonly Dictionary<string, string> Documents = new()
    {
        ["one line"] = $$"""{"Version":"2012-10-17","Statement":[{{Reader}}]}""",
        ["one line with spaces"] = $$"""{ "Version": "2012-10-17", "Statement": [ {{Reader}} ] }""",
        ["lines"] = Lines("\n", "  "),
        ["lines of Windows"] = Lines("\r\n", "    "),
        ["tabs"] = Lines("\n", "\t"),
        ["tabs of Windows, with an empty line at the end"] = Lines("\r\n", "\t") + "\r\n\r\n",
        ["one statement without a list"] = $$"""{"Version":"2012-10-17","Statement":{{Reader}}}""",
        ["one statement without a list, in lines"] = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"Principal\": \"*\",\n    \"Action\": \"s3:GetObject\",\n    \"Resource\": \"arn:aws:s3:::amzn-s3-demo-bucket/public/*\"\n  }\n}\n",
        ["empty list"] = """{"Version":"2012-10-17","Statement":[]}""",
        ["empty list with white space"] = "{\n\t\"Version\": \"2012-10-17\",\n\t\"Statement\": [\n\t]\n}",
        ["Statement first"] = $$"""{"Statement":[{{Reader}}],"Version":"2012-10-17","Id":"x"}""",
        ["unicode and escapes"] = $$"""{"Version":"2012-10-17","Id":"\u00fcber \/ \"x\" 😀","Statement":[{"Sid":"L\u00e9s 日本","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket\/\u0061\/*"},{{Reader}}]}""",
        ["the Sids are taken"] = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"AWSCloudTrailAclCheck20150319",{{Reader[1..]}},{"Sid":"AWSCloudTrailWrite20150319",{{Reader[1..]}},{"Sid":"AWSCloudTrailWrite201503192",{{Reader[1..]}}]}""",
        ["two statements of one Sid"] = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"AWSCloudTrailWrite20150319",{{Reader[1..]}},{"Sid":"AWSCloudTrailWrite20150319","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/public/*"}]}""",
        ["brackets in texts"] = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"]}","Effect":"Allow","Principal":{"AWS":["111122223333"]},"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::amzn-s3-demo-bucket/[a],{b}"]}]}""",
    };

    public static TheoryData<string> Layouts => [.. Documents.Keys];

    public static TheoryData<string, string> Statements => new()
    {
        { "no condition", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""" },
        { "no condition, in lines", "{\n      \"Effect\": \"Deny\",\n      \"Principal\": \"*\",\n      \"Action\": \"s3:*\",\n      \"Resource\": \"*\"\n    }" },
        { "empty condition", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{}}""" },
        { "empty condition with spaces", """{"Effect":"Deny","Condition":{ },"Principal":"*","Action":"s3:*","Resource":"*"}""" },
        { "empty operator", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{}}}""" },
        { "another operator", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition": { "Bool": { "aws:SecureTransport": "true" } } }""" },
        { "another key", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}}""" },
        { "the same key", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalServiceName":"config.amazonaws.com"}}}""" },
        { "the same key as a list in another case", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"AWS:principalservicename":["config.amazonaws.com","ses.amazonaws.com"]}}}""" },
        { "the operator in another case", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"stringnotequals":{"aws:PrincipalServiceName":"config.amazonaws.com"}}}""" },
        { "in lines", "{\r\n\t\t\"Effect\": \"Deny\",\r\n\t\t\"Principal\": \"*\",\r\n\t\t\"Action\": \"s3:*\",\r\n\t\t\"Resource\": \"*\",\r\n\t\t\"Condition\": {\r\n\t\t\t\"StringNotEquals\": {\r\n\t\t\t\t\"aws:SourceVpce\": [\r\n\t\t\t\t\t\"vpce-1a2b3c4d\"\r\n\t\t\t\t]\r\n\t\t\t}\r\n\t\t}\r\n\t}" },
        { "with if it exists", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalServiceName":"config.amazonaws.com"}}}""" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Statements_are_added_and_nothing_else_is_touched(string layout)
    {
        var delivery = Situation.Of("CloudTrail");
        var before = PolicyDocument.Parse(Documents[layout], PolicyKind.Bucket);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery]);
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.True(PolicyTest.Run(delivery, PolicyDocument.Parse(plan.After.Text, PolicyKind.Bucket)).Passes);
        Assert.Equal(before.Statements.Count + 2, plan.After.Statements.Count);
        Assert.Equal(before.Texts(), plan.After.Texts().SkipLast(2));
        Assert.Equal(before.Statements.Select(s => s.Sid), plan.After.Statements.Select(s => s.Sid).SkipLast(2));

        // All bytes before the end of the last statement and behind it are those of the original.
        if (before.StatementIsArray && before.Statements.Count > 0)
        {
            var end = Encoding.UTF8.GetString(before.Utf8[..before.Statements[^1].Layout.Statement.End]);
            Assert.StartsWith(end, plan.After.Text, StringComparison.Ordinal);
            Assert.EndsWith(before.Text[end.Length..], plan.After.Text, StringComparison.Ordinal);
        }
        else
        {
            Assert.StartsWith(Encoding.UTF8.GetString(before.Utf8[..before.StatementRange.Start]), plan.After.Text, StringComparison.Ordinal);
            Assert.EndsWith(Encoding.UTF8.GetString(before.Utf8[before.StatementRange.End..]), plan.After.Text, StringComparison.Ordinal);
        }

        var added = plan.After.Statements.Select(s => s.Sid).TakeLast(2).ToArray();
        Assert.DoesNotContain(added, s => before.Statements.Any(b => b.Sid == s));
        Assert.All(added, s => Assert.Matches("^[A-Za-z0-9]+$", s!));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void New_statements_are_laid_out_as_the_others_are(string layout)
    {
        var text = Documents[layout];
        var plan = PolicyRepair.Plan(PolicyDocument.Parse(text, PolicyKind.Bucket), PolicyTarget.Bucket, [Situation.Of("CloudTrail")]);
        var after = plan.After.Text;
        Assert.Equal(text.Contains('\n', StringComparison.Ordinal), after.Contains('\n', StringComparison.Ordinal));
        Assert.Equal(text.Contains('\r', StringComparison.Ordinal), after.Contains('\r', StringComparison.Ordinal));
        Assert.Equal(text.Contains('\t', StringComparison.Ordinal), after.Contains('\t', StringComparison.Ordinal));
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            Assert.DoesNotContain('\n', after.Replace("\r\n", string.Empty, StringComparison.Ordinal));
        }

        if (text.Contains('\t', StringComparison.Ordinal))
        {
            Assert.All(after.Split('\n').Where(l => l.Length > 0), l => Assert.False(l.StartsWith(' '), l));
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_condition_is_added_inside_the_one_statement(string what, string statement)
    {
        _ = what;
        var before = PolicyDocument.Parse($"{{\"Version\":\"2012-10-17\",\n  \"Statement\" : [ {Reader},\t{statement} ,\n{Reader}]\n}}\n", PolicyKind.Bucket);
        var after = PolicyEditor.Require(before, 1, new("StringNotEquals", "aws:PrincipalServiceName", ["cloudtrail.amazonaws.com"]));
        AssertOnlyStatementChanged(before, after, 1);

        // Everything that the statement said it still says, and the delivery is out of it.
        var old = before.Statements[1].Conditions;
        var conditions = after.Statements[1].Conditions;
        Assert.All(old, c => Assert.Contains(conditions, n => n.Operator == c.Operator && n.Key == c.Key && !c.Values.Except(n.Values).Any()));
        var request = new PolicyRequest(
            RequestPrincipal.Service("cloudtrail.amazonaws.com"), "s3:PutObject", $"{BucketArn}/x", new RequestContext([KeyValuePair.Create("aws:PrincipalServiceName", ContextValue.Of("cloudtrail.amazonaws.com"))]));
        Assert.Equal(Truth.False, after.Statements[1].Matches(request));
        Assert.Equal(after.Text, PolicyEditor.Require(after, 1, new("StringNotEquals", "aws:PrincipalServiceName", ["cloudtrail.amazonaws.com"])).Text);
    }

    [Theory]
    [InlineData("\"arn:aws:s3:::a\"", "[\"arn:aws:s3:::a\", \"new\"]")]
    [InlineData("[\"arn:aws:s3:::a\"]", "[\"arn:aws:s3:::a\", \"new\"]")]
    [InlineData("[ \"arn:aws:s3:::a\" ,\n \"b\" ]", "[\"arn:aws:s3:::a\", \"b\", \"new\"]")]
    [InlineData("[]", "\"new\"")]
    [InlineData("[\"\\u0061\\\"\\\\\"]", "[\"a\\\"\\\\\", \"new\"]")]
    public void A_value_joins_a_string_or_a_list(string values, string expected)
    {
        var before = PolicyDocument.Parse(
            $$"""{"Version":"2012-10-17","Statement":[{{Reader}},{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringLike":{"aws:SourceArn" : {{values}} , "aws:SourceAccount":"1"} } }]}""", PolicyKind.Bucket);
        var after = PolicyEditor.AddConditionValue(before, before.Statements[1].Conditions[0], "new");
        AssertOnlyStatementChanged(before, after, 1);
        Assert.Equal(before.GetStatementText(1).Replace(values, expected, StringComparison.Ordinal), after.GetStatementText(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_statement_gives_way_to_several(int count)
    {
        foreach (var text in Documents.Values)
        {
            var before = PolicyDocument.Parse(text, PolicyKind.Bucket);
            if (before.Statements.Count == 0)
            {
                continue;
            }

            var copies = Enumerable.Range(0, count).Select(i => { var node = PolicyEditor.ToNode(before, 0); node["Sid"] = $"Copy{i}"; return node; }).ToArray();
            var after = PolicyEditor.ReplaceStatement(before, 0, copies);
            Assert.Equal(before.Statements.Count + count - 1, after.Statements.Count);
            Assert.Equal(Enumerable.Range(0, count).Select(i => $"Copy{i}"), after.Statements.Take(count).Select(s => s.Sid));
            Assert.Equal(before.Texts().Skip(1), after.Texts().Skip(count));
            Assert.True(JsonNode.DeepEquals(copies[^1], JsonNode.Parse(after.GetStatementText(count - 1))));
        }
    }

    [Fact]
    public void Denies_are_taken_out_by_text_and_the_rest_stays()
    {
        var deny = Reader.Replace("Allow", "Deny", StringComparison.Ordinal);
        foreach (var list in new[] { $"[{Reader},{deny},{Reader}]", $"[{deny}]", deny, $"[{deny},{deny},{Reader}]", Reader, "[]" })
        {
            var before = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":{{list}}}""", PolicyKind.Bucket);
            var after = PolicyEditor.WithoutDenies(before);
            Assert.Equal(before.Texts().Where(t => t == Reader), after.Texts());
            Assert.Equal(before.Kind, after.Kind);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_document_that_grows_too_large_is_an_obstacle_with_the_way_out(bool hasWhiteSpace)
    {
        // A hundred statements of others, up to the very limit of 20 KB.
        var statements = Enumerable.Range(0, 100).Select(i => $$"""{"Sid":"Partner{{i:000}}","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/P{{i:000}}"},"Action":"s3:GetObject","Resource":"{{BucketArn}}/{{i:000}}/*"}""").ToList();
        var text = $$"""{"Version":"2012-10-17","Statement":[{{string.Join(hasWhiteSpace ? ",\n          " : ",", statements)}}]}""";
        text = text.Replace("/000/", $"/{new string('x', PolicyDocument.MaxBucketPolicyBytes - text.Length - 100)}/", StringComparison.Ordinal);
        if (hasWhiteSpace)
        {
            text = text.Replace(new string('x', 1_500), new string('x', 10), StringComparison.Ordinal);
            text = text.Replace("\"Statement\":[", $"\"Statement\":[{new string(' ', PolicyDocument.MaxBucketPolicyBytes - text.Length - 50)}", StringComparison.Ordinal);
        }

        var before = PolicyDocument.Parse(text, PolicyKind.Bucket);
        Assert.Equal(100, before.Statements.Count);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [Situation.Of("CloudTrail")]);
        Assert.False(plan.Succeeds);
        var obstacle = Assert.Single(plan.Obstacles);
        Assert.Contains("20,480", obstacle, StringComparison.Ordinal);
        Assert.Contains(hasWhiteSpace ? "without white space it has" : "even without white space", obstacle, StringComparison.Ordinal);
        Assert.Equal(before.Texts(), plan.After.Texts().Take(100));
    }

    [Fact]
    public void A_hundred_statements_of_others_stay_byte_for_byte()
    {
        var statements = Enumerable.Range(0, 100).Select(i => $$"""{ "Sid":"P{{i}}", "Effect":"{{(i % 3 == 0 ? "Deny" : "Allow")}}","Principal":{"AWS":"arn:aws:iam::111122223333:role/P{{i}}"},"Action":"s3:Get*","Resource":"{{BucketArn}}/{{i}}/*"}""");
        var before = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(" ,\n", statements)}}]}""", PolicyKind.Bucket);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [Situation.Of("CloudTrail"), Situation.Of("VpcFlowLogs")]);
        Assert.True(plan.Succeeds);
        Assert.Equal(before.Texts(), plan.After.Texts()[..100]);
    }

    private static void AssertOnlyStatementChanged(PolicyDocument before, PolicyDocument after, int index)
    {
        Assert.Equal(before.Statements.Count, after.Statements.Count);
        var was = before.Statements[index].Layout.Statement;
        var becomes = after.Statements[index].Layout.Statement;
        Assert.Equal(was.Start, becomes.Start);
        Assert.True(before.Utf8[..was.Start].SequenceEqual(after.Utf8[..becomes.Start]));
        Assert.True(before.Utf8[was.End..].SequenceEqual(after.Utf8[becomes.End..]));
    }

    private static string Lines(string newLine, string indent)
        => string.Join(
            newLine,
            [
                "{",
                $"{indent}\"Version\": \"2012-10-17\",",
                $"{indent}\"Statement\": [",
                $"{indent}{indent}{{",
                $"{indent}{indent}{indent}\"Effect\": \"Allow\",",
                $"{indent}{indent}{indent}\"Principal\": \"*\",",
                $"{indent}{indent}{indent}\"Action\":   \"s3:GetObject\",",
                $"{indent}{indent}{indent}\"Resource\": \"{BucketArn}/public/*\"",
                $"{indent}{indent}}},",
                $"{indent}{indent}{Reader}",
                $"{indent}]",
                "}",
            ]);
}
