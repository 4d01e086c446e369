using LogDelivery.Comparison;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Comparison;

/// <summary>Single differences that hide well, each found or ruled out; and what makes two documents the same.</summary>
public class PolicyComparisonTests
{
    private const string Bucket = "arn:aws:s3:::amzn-s3-demo-bucket";

    /// <summary>Conditions of an Allow, of which the second lets in more; and a word of a request that it adds.</summary>
    public static TheoryData<string, string, string> Wider => new()
    {
        { Is("StringEquals", "aws:SourceArn", "abc"), Is("StringEqualsIgnoreCase", "aws:SourceArn", "abc"), "aws:SourceArn" },
        { Is("StringEqualsIgnoreCase", "aws:SourceArn", "ABC"), Is("StringLike", "aws:SourceArn", "???"), "aws:SourceArn" },
        { Is("StringEquals", "s3:prefix", "home/"), Are("StringEquals", "s3:prefix", "", "home/"), "s3:prefix=" },
        { Is("StringLike", "s3:prefix", "?*"), Is("StringLike", "s3:prefix", "*"), "s3:prefix=" },
        { Is("NumericGreaterThan", "s3:max-keys", "1e18"), Is("NumericGreaterThanEquals", "s3:max-keys", "1e18"), "1E+18" },
        { Is("NumericLessThan", "s3:max-keys", "10"), Is("NumericLessThan", "s3:max-keys", "10.000000000000002"), "s3:max-keys=10" },
        { Is("NumericEquals", "s3:max-keys", "1e18"), Is("NumericGreaterThanEquals", "s3:max-keys", "1e18"), "s3:max-keys=1.0000000000000001E+18" },
        { Is("DateLessThan", "aws:CurrentTime", "9999-12-31T23:59:59Z"), Is("DateLessThanEquals", "aws:CurrentTime", "9999-12-31T23:59:59Z"), "9999-12-31" },
        { Is("DateLessThan", "aws:CurrentTime", "2026-01-31T00:00:00.1234567Z"), Is("DateLessThanEquals", "aws:CurrentTime", "2026-01-31T00:00:00.1234567Z"), "00:00:00.1234567Z" },
        { Is("IpAddress", "aws:SourceIp", "203.0.113.0/25"), Is("IpAddress", "aws:SourceIp", "203.0.113.0/24"), "203.0.113.128" },
        { Is("IpAddress", "aws:SourceIp", "2001:db8::/33"), Is("IpAddress", "aws:SourceIp", "2001:db8::/32"), "2001:db8:8000::" },
        { Is("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*"), Are("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:root"), "111122223333:root" },
        { Is("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"), Is("StringLike", "aws:PrincipalArn", "arn:aws:*"), "user/" },
        { Is("ArnLike", "aws:PrincipalArn", "arn:aws:iam::1*:role/*"), Are("ArnLike", "aws:PrincipalArn", "arn:aws:iam::1*:role/*", "arn:aws:iam::2*2:role/*"), "role/" },
        { Is("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"), Are("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*", "arn:aws-cn:iam::*:role/*"), "arn:aws-cn:iam" },
        { Is("StringEquals", "aws:PrincipalAccount", "111122223333"), Is("StringLike", "aws:PrincipalAccount", "1111*"), "1111" },
        { Is("StringEquals", "aws:PrincipalServiceName", "logs.amazonaws.com"), Is("StringLike", "aws:PrincipalServiceName", "logs.*amazonaws.com"), "logs." },
        { Is("ForAnyValue:StringEquals", "aws:PrincipalServiceNamesList", "logs.amazonaws.com"), Are("ForAnyValue:StringEquals", "aws:PrincipalServiceNamesList", "logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"), "logs.eu-west-1.amazonaws.com" },
        { Is("ForAllValues:StringEquals", "aws:TagKeys", "a"), Is("ForAllValues:StringLike", "aws:TagKeys", "a*"), "aws:TagKeys=a" },
        { Both(Is("ForAnyValue:StringEquals", "aws:TagKeys", "a"), Is("ForAllValues:StringEquals", "aws:TagKeys", "a")), Is("ForAnyValue:StringEquals", "aws:TagKeys", "a"), "aws:TagKeys=x, a" },
        { Is("StringEquals", "aws:SourceAccount", "111122223333"), Is("StringEqualsIfExists", "aws:SourceAccount", "111122223333"), "s3:" },
        { Is("Bool", "aws:SecureTransport", "true"), Is("BoolIfExists", "aws:SecureTransport", "true"), "s3:" },
        { Is("StringEquals", "aws:PrincipalAccount", "111122223333"), Is("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"), "aws:ResourceAccount" },
        { Is("StringEquals", "aws:SourceAccount", "111122223333"), Are("StringEquals", "aws:SourceAccount", "111122223333", "${aws:PrincipalTag/account}"), "aws:PrincipalTag/account" },
    };

    /// <summary>Principals or resources of an Allow, of which the second lets in more.</summary>
    public static TheoryData<string, string, string> WiderElements => new()
    {
        { """ "Principal":{"AWS":"arn:aws:iam::111122223333:role/Admin"},"Resource":"BUCKET/*" """, """ "Principal":{"AWS":["arn:aws:iam::111122223333:role/Admin","arn:aws:iam::444455556666:role/Admin"]},"Resource":"BUCKET/*" """, "444455556666" },
        { """ "Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/Admin/run-1"},"Resource":"BUCKET/*" """, """ "Principal":{"AWS":"arn:aws:iam::111122223333:role/Admin"},"Resource":"BUCKET/*" """, "Admin" },
        { """ "Principal":{"AWS":"arn:aws:iam::111122223333:role/Admin"},"Resource":"BUCKET/*" """, """ "Principal":{"AWS":"111122223333"},"Resource":"BUCKET/*" """, "111122223333" },
        { """ "Principal":{"AWS":"111122223333"},"Resource":"BUCKET/*" """, """ "NotPrincipal":{"AWS":"444455556666"},"Resource":"BUCKET/*" """, "s3:" },
        { """ "Principal":"*","Resource":"BUCKET/home/${aws:username}/public/*" """, """ "Principal":"*","Resource":"BUCKET/home/${aws:username}/*" """, "/home/" },
        { """ "Principal":"*","Resource":"BUCKET/a" """, """ "Principal":"*","Resource":["BUCKET/a","BUCKET/${aws:PrincipalTag/team}/*"] """, "/" },
        { """ "Principal":"*","Resource":"BUCKET/${aws:SourceAccount}/*" """, """ "Principal":"*","Resource":["BUCKET/${aws:SourceAccount}/*","BUCKET/111122223333/*"] """, "111122223333" },
        { """ "Principal":"*","Resource":"BUCKET/?" """, """ "Principal":"*","Resource":"BUCKET/??*" """, "BUCKET/" },
        { """ "Principal":"*","NotResource":["BUCKET","BUCKET/*"] """, """ "Principal":"*","NotResource":["BUCKET","BUCKET/*/*"] """, "BUCKET/" },
    };

    [Theory]
    [MemberData(nameof(Wider))]
    public void A_condition_that_lets_in_more_is_shown_with_a_request(string narrow, string wide, string word)
        => AssertGained(Policy(Allow($"\"Condition\":{narrow}")), Policy(Allow($"\"Condition\":{wide}")), word);

    [Theory]
    [MemberData(nameof(WiderElements))]
    public void A_principal_or_resource_that_lets_in_more_is_shown_with_a_request(string narrow, string wide, string word)
        => AssertGained(Policy($$"""{"Effect":"Allow","Action":"s3:GetObject",{{narrow}}}"""), Policy($$"""{"Effect":"Allow","Action":"s3:GetObject",{{wide}}}"""), word);

    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:getobject","Resource":"BUCKET/*"}""", """{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["S3:GetObject","s3:GETOBJECT"],"Resource":["BUCKET/*","BUCKET/a"]}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}""", """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"*","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"StringEquals":{"aws:SourceAccount":["1","2"]}}}""", """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"StringLike":{"AWS:sourceaccount":["2","1"]}}}""")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"BUCKET/*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}""", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"BUCKET/*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}""")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"BUCKET/*","Condition":{"NumericLessThan":{"s3:TlsVersion":"1.2"}}}""", """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"BUCKET/*","Condition":{"NumericLessThan":{"s3:TlsVersion":1.20}}}""")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}""", """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/25","203.0.113.128/25"]}}}""")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"ForAnyValue:StringEquals":{"aws:PrincipalServiceNamesList":"logs.amazonaws.com"}}}""", """{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"s3:GetObject","Resource":"BUCKET/*"}""")]
    public void Two_spellings_of_the_same_are_equivalent(string left, string right)
    {
        var comparison = PolicyComparison.Compare(Policy(left), Policy(right));
        Assert.True(comparison.IsEquivalent, string.Join("\n", comparison.Differences));
        Assert.True(comparison.CellsDecided > 0);
    }

    [Fact]
    public void White_space_and_escapes_are_not_even_compared()
    {
        var left = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}""", PolicyKind.Bucket);
        var right = PolicyDocument.Parse("{ \"Statement\": { \"Effect\": \"\\u0041llow\", \"Principal\":\"*\",\n\"Action\":\"s3:GetObject\",\"Resource\":\"*\" }, \"Version\":\"2012-10-17\" }", PolicyKind.Bucket);
        var comparison = PolicyComparison.Compare(left, right);
        Assert.True(comparison.IsEquivalent);
        Assert.Equal(0, comparison.CellsDecided);
    }

    [Fact]
    public void A_statement_cut_in_two_is_the_same()
    {
        var whole = Policy("""{"Effect":"Allow","Principal":{"AWS":["111122223333","444455556666"]},"Action":["s3:GetObject","s3:PutObject"],"Resource":"BUCKET/*"}""");
        var halves = Policy(
            """{"Effect":"Allow","Principal":{"AWS":["111122223333","444455556666"]},"Action":"s3:GetObject","Resource":"BUCKET/*"}""",
            """{"Effect":"Allow","Principal":{"AWS":["111122223333","444455556666"]},"Action":"s3:PutObject","Resource":"BUCKET/*"}""");
        Assert.True(PolicyComparison.Compare(whole, halves).IsEquivalent);

        // Not so when two lists are cut at once.
        var crossed = Policy(
            """{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"BUCKET/*"}""",
            """{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:PutObject","Resource":"BUCKET/*"}""");
        var comparison = PolicyComparison.Compare(whole, crossed);
        Assert.Equal(0, comparison.GainedCells);
        Assert.True(comparison.LostCells > 0);
    }

    [Fact]
    public void An_allow_that_a_deny_covers_gains_nothing()
    {
        const string Deny = """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"],"Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}}""";
        const string Service = """{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*"}""";
        Assert.True(PolicyComparison.Compare(Policy(Deny), Policy(Deny, Service)).IsEquivalent);
        Assert.Equal(1, PolicyComparison.Compare(Policy(), Policy(Service)).GainedCells);
    }

    [Fact]
    public void A_deny_of_what_nobody_allows_matters_to_principals_with_policies_of_their_own()
    {
        const string Deny = """{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*"}""";
        var lifted = PolicyComparison.Compare(Policy(Deny), Policy());
        Assert.False(lifted.IsEquivalent);
        Assert.Equal((0, 0), (lifted.GainedCells, lifted.LostCells));
        Assert.True(lifted.DenyLiftedCells > 0);
        Assert.All(lifted.Differences, d => Assert.NotEqual(PrincipalType.Service, d.Request.Principal.Type));
        Assert.Equal(lifted.DenyLiftedCells, PolicyComparison.Compare(Policy(), Policy(Deny)).DenyAddedCells);

        // A service has no policies of its own.
        const string DenyOfService = """{"Effect":"Deny","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:*","Resource":"BUCKET/*"}""";
        Assert.True(PolicyComparison.Compare(Policy(DenyOfService), Policy()).IsEquivalent);
    }

    [Fact]
    public void The_version_of_the_language_is_part_of_the_meaning()
    {
        const string Statement = """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/${aws:SourceAccount}/*"}""";
        var old = PolicyDocument.Parse($$"""{"Version":"2008-10-17","Statement":[{{Statement}}]}""", PolicyKind.Bucket);
        var comparison = PolicyComparison.Compare(old, Policy(Statement));
        Assert.True(comparison.GainedCells > 0);
        Assert.True(comparison.LostCells > 0);
    }

    [Fact]
    public void A_comparison_that_would_take_too_long_says_that_it_is_not_complete()
    {
        var before = Policy(Allow("\"Condition\":" + Both(Is("StringEquals", "aws:SourceAccount", "1"), Is("StringLike", "aws:SourceArn", "*"))));
        var comparison = PolicyComparison.Compare(before, Policy(), maxCells: 1);
        Assert.False(comparison.IsComplete);
        Assert.False(comparison.IsEquivalent);
    }

    [Fact]
    public void Where_a_wildcard_cuts_a_variable_in_pieces_equality_is_not_claimed()
    {
        // Whether some account begins with 1111 and ends in 3 cannot be read off the patterns one by one.
        var before = Policy("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["BUCKET/${aws:SourceAccount}/*","BUCKET/1111*3/*"]}""");
        var after = Policy("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/${aws:SourceAccount}/*"}""");
        Assert.False(PolicyComparison.Compare(before, after).IsComplete);
    }

    [Fact]
    public void Only_the_resources_asked_for_count()
    {
        var before = Policy();
        var after = Policy("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/logs/*"}""");
        Assert.True(PolicyComparison.Compare(before, after, resource: $"{Bucket}/data/*").IsEquivalent);
        Assert.False(PolicyComparison.Compare(before, after, resource: $"{Bucket}/logs/2026/*").IsEquivalent);
    }

    private static void AssertGained(PolicyDocument narrow, PolicyDocument wide, string word)
    {
        var comparison = PolicyComparison.Compare(narrow, wide);
        Assert.True(comparison.IsComplete);
        Assert.True(comparison.GainedCells > 0);
        Assert.Contains(comparison.Differences, d => d.Change == AccessChange.Gained && d.ToString().Contains(word.Replace("BUCKET", Bucket, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        Assert.All(comparison.Differences.Where(d => d.Change == AccessChange.Gained), d =>
        {
            Assert.NotEqual(Verdict.Allowed, narrow.Evaluate(d.Request).Verdict);
            Assert.Equal(Verdict.Allowed, wide.Evaluate(d.Request).Verdict);
        });
    }

    private static string Allow(string rest) => $$"""{"Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:ListBucket"],"Resource":["BUCKET","BUCKET/*"],{{rest}}}""";

    private static string Is(string op, string key, string value) => $$"""{"{{op}}":{"{{key}}":"{{value}}"} }""";

    private static string Are(string op, string key, params string[] values) => $$"""{"{{op}}":{"{{key}}":[{{string.Join(',', values.Select(v => $"\"{v}\""))}}]} }""";

    private static string Both(string left, string right) => $"{left.TrimEnd()[..^1]},{right.TrimStart()[1..]}";

    private static PolicyDocument Policy(params string[] statements)
        => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements).Replace("BUCKET", Bucket, StringComparison.Ordinal)}}]}""", PolicyKind.Bucket);
}
