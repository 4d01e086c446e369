using System.Text;
using System.Text.Json;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>
/// What is no policy, and where. The sign § stands before the place of each problem expected, in the order of the
/// document; it is taken out before the text is read.
/// </summary>
public class PolicyProblemTests
{
    private const string Good = """{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"*"}""";

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Statement":[§}""", "invalid start of a value")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]§""", "")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}§}""", "")]
    [InlineData("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [],\n§}", "trailing comma")]
    [InlineData("{\n  \"Statement\": [{},\n  §]\n}", "trailing comma")]
    [InlineData("{\n  §'Version': \"2012-10-17\"\n}", "")]
    [InlineData("{\n  §// Delivery\n  \"Statement\": []\n}", "")]
    [InlineData("{\"Statement\": [] §\"Version\":\"2012-10-17\"}", "")]
    [InlineData("{\"Id\":\"a§\nb\",\"Statement\":[]}", "")]
    [InlineData("{\"Id\":\"a\\§q\",\"Statement\":[]}", "")]
    // Columns count characters, not bytes.
    [InlineData("{\"Id\":\"äöü€\",§}", "trailing comma")]
    [InlineData("{\"Id\":\"\U0001F4C4\",§}", "trailing comma")]
    // Half of a surrogate pair, escaped; in a value and in a name.
    [InlineData("{\n \"Id\": §\"a\\ud83d\",\"Statement\":[]}", "not valid Unicode")]
    [InlineData("{\n §\"\\udc4d\": 1,\"Statement\":[]}", "not valid Unicode")]
    [InlineData("§hello", "")]
    public void A_text_that_is_no_json_is_refused_where_it_breaks(string marked, string message)
    {
        var problem = Assert.Single(Refuse(marked, PolicyKind.Any, ""));
        Assert.StartsWith("The text is not JSON: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);

        // The reader's own count of lines and bytes would only contradict ours.
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_are_counted_from_one_in_lines_and_characters()
    {
        // The other tests count by the sign; this one counts by hand.
        Assert.False(PolicyDocument.TryParse(
            "{\r\n\"Statement\":\r\n  [\"ä\", 5]\r\n}", PolicyKind.Any, out var document, out var problems));
        Assert.Null(document);
        Assert.Equal([(3, 4, "Statement[0]"), (3, 9, "Statement[1]")], problems.Select(p => (p.Line, p.Column, p.Path)));
        Assert.Equal("line 3, column 9, Statement[1]: A statement is an object, not the number 5.", problems[1].ToString());
    }

    [Theory]
    [InlineData("""{"Statement":[],§"Statement":[]}""", "Statement")]
    [InlineData("""{"Version":"2012-10-17",§"Version":"2012-10-17","Statement":[]}""", "Version")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",§"Effect":"Deny"}}""", "Statement.Effect")]
    [InlineData("""{"Statement":[{"Effect":"Allow",§"\u0045ffect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}""", "Statement[0].Effect")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*",§"AWS":"111122223333"},"Action":"*","Resource":"*"}]}""", "Statement[0].Principal.AWS")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{},§"Bool":{}}}]}""", "Statement[0].Condition.Bool")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"a:b":true,§"a:b":false}}}]}""", "Statement[0].Condition.Bool.a:b")]
    public void A_name_that_stands_twice_is_refused_at_any_depth(string marked, string path)
        => Assert.Contains("twice", Assert.Single(Refuse(marked, PolicyKind.Any, path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n\t", "empty")]
    [InlineData("\uFEFF{\"Statement\":[]}", "byte order mark")]
    [InlineData("{\0\"\0S\0", "UTF-16")]
    [InlineData("\0{\0\"", "UTF-16")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>NoSuchBucketPolicy</Code><BucketName>b</BucketName></Error>", "NoSuchBucketPolicy")]
    [InlineData("\n<Error><Code>NoSuchBucket</Code></Error>", "does not exist")]
    [InlineData("<Error><Code>AccessDenied</Code></Error>", "AccessDenied")]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "XML or HTML")]
    [InlineData("<Code>", "XML or HTML")]
    [InlineData("<Code>0123456789012345678901234567890123456789012345678901234567890123456789</Code>", "XML or HTML")]
    public void What_is_clearly_no_policy_is_called_what_it_is(string text, string message)
        => Assert.Contains(message, Assert.Single(Refuse($"§{text}", PolicyKind.Bucket, "")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_answer_for_a_bucket_without_policy_says_how_to_write_that_state()
    {
        var message = Assert.Single(Refuse("§<Error><Code>NoSuchBucketPolicy</Code></Error>", PolicyKind.Bucket, "")).Message;
        var start = message.IndexOf('{', StringComparison.Ordinal);
        Assert.Empty(PolicyDocument.Parse(message[start..(message.LastIndexOf('}') + 1)], PolicyKind.Bucket).Statements);
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' }, "byte order mark")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, "UTF-16")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'{' }, "UTF-16")]
    [InlineData(new byte[] { (byte)'{', 0, (byte)'}', 0 }, "UTF-16")]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, "not valid Unicode")]
    [InlineData(new byte[] { (byte)'{', (byte)'"', (byte)'I', (byte)'d', (byte)'"', (byte)':', (byte)'"', 0xC3, (byte)'"', (byte)'}' }, "not valid Unicode")]
    [InlineData(new byte[0], "empty")]
    public void Bytes_that_are_no_utf8_are_refused(byte[] bytes, string message)
    {
        var exception = Assert.Throws<PolicyFormatException>(() => PolicyDocument.Parse(bytes));
        Assert.Contains(message, Assert.Single(exception.Problems).Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_with_half_a_surrogate_pair_is_no_unicode()
    {
        Assert.False(PolicyDocument.TryParse("{\"Id\":\"\ud83d\"}", PolicyKind.Any, out _, out var problems));
        var problem = Assert.Single(problems);
        Assert.Equal((PolicyProblemSeverity.Error, "", 0, 0), (problem.Severity, problem.Path, problem.Line, problem.Column));
        Assert.StartsWith("Character 8 is half of a surrogate pair", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PolicyKind.Bucket, PolicyDocument.MaxBucketPolicyBytes)]
    [InlineData(PolicyKind.Key, PolicyDocument.MaxKeyPolicyBytes)]
    public void A_document_over_the_size_limit_is_refused(PolicyKind kind, int limit)
    {
        // Bytes count, not characters.
        var frame = "{\"Id\":\"é\",\"Statement\":[]}";
        string OfSize(int bytes) => frame + new string(' ', bytes - Encoding.UTF8.GetByteCount(frame));
        Assert.True(PolicyDocument.TryParse(OfSize(limit), kind, out var document, out _));
        Assert.Equal(limit, document!.SizeInBytes);
        Assert.False(PolicyDocument.TryParse(OfSize(limit + 1), kind, out _, out var problems));
        var problem = Assert.Single(problems);
        Assert.Equal(("", 1, limit), (problem.Path, problem.Line, problem.Column));
        Assert.Contains((limit + 1).ToString("N0", System.Globalization.CultureInfo.InvariantCulture), problem.Message, StringComparison.Ordinal);
        Assert.True(PolicyDocument.TryParse(OfSize(100_000), PolicyKind.Any, out _, out _));
    }

    [Fact]
    public void The_limits_are_those_of_s3_and_kms()
    {
        Assert.Equal(20 * 1024, PolicyDocument.MaxBucketPolicyBytes);
        Assert.Equal(32 * 1024, PolicyDocument.MaxKeyPolicyBytes);
    }

    [Theory]
    [InlineData("§[]", "")]
    [InlineData("§\"{}\"", "")]
    [InlineData("§null", "")]
    [InlineData("§{}", "")]
    [InlineData("§{\"Version\":\"2012-10-17\"}", "")]
    [InlineData("{\"Statement\":§null}", "Statement")]
    [InlineData("{\"Statement\":§\"Allow\"}", "Statement")]
    [InlineData("{\"Statement\":[§[]]}", "Statement[0]")]
    [InlineData("{\"Statement\":[§null]}", "Statement[0]")]
    [InlineData("{\"Statement\":[],\"Version\":§\"2012-10-18\"}", "Version")]
    [InlineData("{\"Statement\":[],\"Version\":§2012}", "Version")]
    [InlineData("{\"Statement\":[],\"Version\":§null}", "Version")]
    [InlineData("{\"Statement\":[],\"Id\":§5}", "Id")]
    [InlineData("{\"Statement\":[],\"Id\":§null}", "Id")]
    public void A_document_of_the_wrong_shape_is_refused(string marked, string path) => Refuse(marked, PolicyKind.Any, path);

    [Theory]
    [InlineData("\"Sid\":§5", "Sid")]
    [InlineData("\"Sid\":§null", "Sid")]
    [InlineData("\"Effect\":§\"allow\"", "Effect")]
    [InlineData("\"Effect\":§\"DENY\"", "Effect")]
    [InlineData("\"Effect\":§\"Permit\"", "Effect")]
    [InlineData("\"Effect\":§\"\"", "Effect")]
    [InlineData("\"Effect\":§true", "Effect")]
    [InlineData("\"Effect\":§[\"Allow\"]", "Effect")]
    [InlineData("\"Principal\":§\"111122223333\"", "Principal")]
    [InlineData("\"Principal\":§\"\"", "Principal")]
    [InlineData("\"Principal\":§[\"*\"]", "Principal")]
    [InlineData("\"Principal\":§null", "Principal")]
    [InlineData("\"Principal\":{§\"Aws\":\"*\"}", "Principal.Aws")]
    [InlineData("\"Principal\":{§\"User\":\"*\"}", "Principal.User")]
    [InlineData("\"Principal\":{\"AWS\":§\"\"}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"AWS\":§null}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"AWS\":§111122223333}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"AWS\":[\"*\",§{}]}", "Principal.AWS[1]")]
    [InlineData("\"Principal\":{\"AWS\":§\"alice\"}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"AWS\":§\"11112222333\"}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"AWS\":§\"cloudtrail.amazonaws.com\"}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"AWS\":[\"111122223333\",§\"arn:aws:iam::*:root\"]}", "Principal.AWS[1]")]
    [InlineData("\"Principal\":{\"AWS\":§\"arn:aws:iam::111122223333:role/*\"}", "Principal.AWS")]
    [InlineData("\"Principal\":{\"Service\":§\"\"}", "Principal.Service")]
    [InlineData("\"Principal\":{\"Service\":[§7]}", "Principal.Service[0]")]
    [InlineData("\"NotPrincipal\":{\"Service\":§true}", "NotPrincipal.Service")]
    [InlineData("\"Principal\":\"*\",\"NotPrincipal\":§{\"AWS\":\"111122223333\"}", "NotPrincipal")]
    [InlineData("\"Action\":§null", "Action")]
    [InlineData("\"Action\":§{}", "Action")]
    [InlineData("\"Action\":§5", "Action")]
    [InlineData("\"Action\":[\"s3:PutObject\",§[]]", "Action[1]")]
    [InlineData("\"Action\":§\"\"", "Action")]
    [InlineData("\"Action\":§\"PutObject\"", "Action")]
    [InlineData("\"Action\":§\"s3:\"", "Action")]
    [InlineData("\"Action\":§\":PutObject\"", "Action")]
    [InlineData("\"Action\":§\"s3:Put Object\"", "Action")]
    [InlineData("\"Action\":§\"s3:Put:Object\"", "Action")]
    [InlineData("\"Action\":§\"s*:PutObject\"", "Action")]
    [InlineData("\"Action\":§\"s3:${aws:username}\"", "Action")]
    [InlineData("\"Action\":[\"s3:GetBucketAcl\",§\"s3=PutObject\"]", "Action[1]")]
    [InlineData("\"Action\":\"*\",\"NotAction\":§\"s3:PutObject\"", "NotAction")]
    [InlineData("\"Resource\":§\"\"", "Resource")]
    [InlineData("\"Resource\":§\"trail-logs\"", "Resource")]
    [InlineData("\"Resource\":§\"AWSLogs/*\"", "Resource")]
    [InlineData("\"Resource\":§\"arn:aws:iam::111122223333:role/writer\"", "Resource")]
    [InlineData("\"Resource\":§\"arn:aws:kms:us-east-1:111122223333:key/1234\"", "Resource")]
    [InlineData("\"Resource\":§\"arn:aws:s3:trail-logs\"", "Resource")]
    [InlineData("\"Resource\":[\"*\",§false]", "Resource[1]")]
    [InlineData("\"Resource\":§{}", "Resource")]
    [InlineData("\"Resource\":\"*\",\"NotResource\":§\"*\"", "NotResource")]
    [InlineData("\"Condition\":§\"Bool\"", "Condition")]
    [InlineData("\"Condition\":§[]", "Condition")]
    [InlineData("\"Condition\":§null", "Condition")]
    [InlineData("\"Condition\":{\"Bool\":§\"true\"}", "Condition.Bool")]
    [InlineData("\"Condition\":{\"Bool\":§[]}", "Condition.Bool")]
    [InlineData("\"Condition\":{\"StringEquals\":{§\"SourceAccount\":\"1\"}}", "Condition.StringEquals.SourceAccount")]
    [InlineData("\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":§null}}", "Condition.StringEquals.aws:SourceAccount")]
    [InlineData("\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":§{}}}", "Condition.StringEquals.aws:SourceAccount")]
    [InlineData("\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":[\"1\",§null]}}", "Condition.StringEquals.aws:SourceAccount[1]")]
    [InlineData("\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":[§[\"1\"]]}}", "Condition.StringEquals.aws:SourceAccount[0]")]
    [InlineData("\"Condition\":{\"NumericLessThan\":{\"s3:TlsVersion\":§\"TLS 1.2\"}}", "Condition.NumericLessThan.s3:TlsVersion")]
    [InlineData("\"Condition\":{\"NumericLessThan\":{\"s3:TlsVersion\":§true}}", "Condition.NumericLessThan.s3:TlsVersion")]
    [InlineData("\"Condition\":{\"NumericLessThan\":{\"s3:TlsVersion\":§\"${aws:x}\"}}", "Condition.NumericLessThan.s3:TlsVersion")]
    [InlineData("\"Condition\":{\"DateLessThan\":{\"aws:CurrentTime\":§\"31.01.2026\"}}", "Condition.DateLessThan.aws:CurrentTime")]
    [InlineData("\"Condition\":{\"Bool\":{\"aws:SecureTransport\":§\"no\"}}", "Condition.Bool.aws:SecureTransport")]
    [InlineData("\"Condition\":{\"Bool\":{\"aws:SecureTransport\":§\" true\"}}", "Condition.Bool.aws:SecureTransport")]
    [InlineData("\"Condition\":{\"NumericEquals\":{\"s3:max-keys\":§\"10 \"}}", "Condition.NumericEquals.s3:max-keys")]
    [InlineData("\"Condition\":{\"BinaryEquals\":{\"a:b\":§\"Q Q==\"}}", "Condition.BinaryEquals.a:b")]
    [InlineData("\"Condition\":{\"Bool\":{\"aws:SecureTransport\":§0}}", "Condition.Bool.aws:SecureTransport")]
    [InlineData("\"Condition\":{\"Null\":{\"aws:SourceArn\":§\"\"}}", "Condition.Null.aws:SourceArn")]
    [InlineData("\"Condition\":{\"BinaryEquals\":{\"a:b\":§\"n=base64\"}}", "Condition.BinaryEquals.a:b")]
    [InlineData("\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"203.0.113.0/24\",§\"203.0.113.0/33\"]}}", "Condition.IpAddress.aws:SourceIp[1]")]
    [InlineData("\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":§\"2001:db8::/129\"}}", "Condition.NotIpAddress.aws:SourceIp")]
    [InlineData("\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":§\"203.0.113.*\"}}", "Condition.NotIpAddress.aws:SourceIp")]
    public void A_statement_of_the_wrong_shape_is_refused_where_it_is_wrong(string marked, string path)
    {
        var (before, after) = Surround(marked);
        Refuse($$"""{"Statement":[{{Good}},{{before}}{{marked}}{{after}}]}""", PolicyKind.Bucket, $"Statement[1].{path}");
    }

    [Theory]
    [InlineData("\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"", "Effect")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"", "neither Principal nor NotPrincipal")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"", "neither Action nor NotAction")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\"", "neither Resource nor NotResource")]
    public void A_missing_element_is_reported_at_the_statement(string members, string message)
    {
        Assert.Contains(message, Assert.Single(Refuse($$$"""{"Statement":§{ {{{members}}}}}""", PolicyKind.Bucket, "Statement")).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Single(Refuse($$$"""{"Statement":[{{{Good}}}, §{ {{{members}}}}]}""", PolicyKind.Bucket, "Statement[1]")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Statement\":[],§\"Versoin\":\"2012-10-17\"}", "Versoin", "Did you mean \"Version\"?")]
    [InlineData("{\"Statement\":[],§\"version\":\"2012-10-17\"}", "version", "Did you mean \"Version\"?")]
    [InlineData("{\"Statement\":[],§\"Statements\":[]}", "Statements", "Did you mean \"Statement\"?")]
    [InlineData("{\"Statement\":[],§\"Comment\":\"\"}", "Comment", "")]
    [InlineData("{\"Statement\":[],§\"\":\"\"}", "", "")]
    [InlineData("{\"Statement\":[],§\"XY\":\"\"}", "XY", "")]
    public void An_unknown_element_of_the_policy_is_refused_with_the_nearest_known(string marked, string path, string hint)
        => Hinted(Refuse(marked, PolicyKind.Any, path), hint);

    [Theory]
    [InlineData("Actions", "Did you mean \"Action\"?")]
    [InlineData("action", "Did you mean \"Action\"?")]
    [InlineData("Resources", "Did you mean \"Resource\"?")]
    [InlineData("Conditions", "Did you mean \"Condition\"?")]
    [InlineData("Principle", "Did you mean \"Principal\"?")]
    [InlineData("NotAcion", "Did you mean \"NotAction\"?")]
    [InlineData("SID", "Did you mean \"Sid\"?")]
    [InlineData("Description", "")]
    [InlineData("Version", "")]
    public void An_unknown_element_of_a_statement_is_refused_with_the_nearest_known(string name, string hint)
        => Hinted(Refuse($$"""{"Statement":[{{Good[..^1]}},§"{{name}}":1}]}""", PolicyKind.Any, $"Statement[0].{name}"), hint);

    [Theory]
    [InlineData("StringEqual", "Did you mean \"StringEquals\"?")]
    [InlineData("StringLikes", "Did you mean \"StringLike\"?")]
    [InlineData("ArnLkie", "Did you mean \"ArnLike\"?")]
    [InlineData("StringEqualIfExists", "Did you mean \"StringEqualsIfExists\"?")]
    [InlineData("ForAnyValue:StringLke", "Did you mean \"ForAnyValue:StringLike\"?")]
    [InlineData("ForAllValues:StringEqualIfExists", "Did you mean \"ForAllValues:StringEqualsIfExists\"?")]
    // Null asks about existence itself.
    [InlineData("NullIfExists", "Did you mean \"Null\"?")]
    [InlineData("ForAnyValue:Null", "Did you mean \"Null\"?")]
    [InlineData("ForAnyValues:StringLike", "Did you mean \"ForAnyValue:StringLike\"?")]
    [InlineData("ForAnyValue", "")]
    [InlineData("RegexMatches", "")]
    [InlineData("", "")]
    [InlineData("aws:SourceAccount", "")]
    public void An_unknown_operator_is_refused_with_the_nearest_known(string name, string hint)
        => Hinted(
            Refuse($$$$"""{"Statement":[{{{{Good[..^1]}}}},"Condition":{§"{{{{name}}}}":{"aws:SourceArn":"x"}}}]}""", PolicyKind.Any, $"Statement[0].Condition{(name.Length == 0 ? "." : $".{name}")}"),
            hint);

    [Fact]
    public void Only_the_first_hundred_unknown_names_get_a_hint()
    {
        // A hostile document has millions, and to find the nearest name for each would take minutes.
        var names = string.Concat(Enumerable.Range(0, 150).Select(i => $",\"Statement{i}\":0"));
        Assert.False(PolicyDocument.TryParse($$"""{"Statement":[]{{names}}}""", PolicyKind.Any, out _, out var problems));
        Assert.Equal(150, problems.Count);
        Assert.Equal(100, problems.TakeWhile(p => p.Message.EndsWith("Did you mean \"Statement\"?", StringComparison.Ordinal)).Count());
        Assert.DoesNotContain(problems.Skip(100), p => p.Message.Contains("Did you mean", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PolicyKind.Bucket, "kms:*", "policy of the KMS key")]
    [InlineData(PolicyKind.Bucket, "kms:GenerateDataKey*", "policy of the KMS key")]
    [InlineData(PolicyKind.Bucket, "KMS:Decrypt", "policy of the KMS key")]
    [InlineData(PolicyKind.Bucket, "logs:CreateLogDelivery", "s3: actions only")]
    [InlineData(PolicyKind.Bucket, "kms=GenerateDataKey*", "service:Name")]
    [InlineData(PolicyKind.Key, "s3:PutObject", "policy of the bucket")]
    [InlineData(PolicyKind.Key, "sns:Publish", "kms: actions only")]
    public void An_action_of_another_service_does_not_belong_in_the_policy(PolicyKind kind, string action, string message)
    {
        var marked = $$$"""{"Statement":{"Effect":"Allow","Principal":"*","Resource":"*","Action":["*",§"{{{action}}}"]}}""";
        Assert.Contains(message, Assert.Single(Refuse(marked, kind, "Statement.Action[1]")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PolicyKind.Bucket, "s3:*")]
    [InlineData(PolicyKind.Bucket, "S3:PutObject")]
    [InlineData(PolicyKind.Bucket, "*")]
    [InlineData(PolicyKind.Key, "kms:GenerateDataKey*")]
    [InlineData(PolicyKind.Key, "*")]
    [InlineData(PolicyKind.Any, "elasticloadbalancing:Describe-x_*?")]
    public void An_action_of_the_policys_own_service_belongs(PolicyKind kind, string action)
        => Assert.Equal(
            [action],
            PolicyDocument.Parse($$$"""{"Statement":{"Effect":"Allow","Principal":"*","Resource":"*","Action":"{{{action}}}"}}""", kind).Statements[0].Action.Values);

    [Theory]
    [InlineData("\"*\"")]
    [InlineData("\"arn:aws:s3:::trail-logs\"")]
    [InlineData("[\"arn:aws-cn:s3:::trail-logs\",\"arn:aws:s3:::trail-logs/*\"]")]
    [InlineData("\"arn:aws:s3:::*\"")]
    [InlineData("\"arn:aws:s3:*\"")]
    [InlineData("\"arn:aws:*:::trail-logs\"")]
    [InlineData("\"${aws:PrincipalTag/bucket}\"")]
    public void A_resource_of_s3_belongs_in_a_bucket_policy(string resource)
        => Assert.Empty(PolicyDocument.Parse(
            $$$"""{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":{{{resource}}}}}""", PolicyKind.Bucket).Warnings);

    [Theory]
    [InlineData("ali*")]
    [InlineData("s3:List?ucket")]
    [InlineData("1111????3333")]
    [InlineData("arn:aws:iam:*")]
    public void A_wildcard_makes_no_principal_of_what_is_none(string principal)
    {
        foreach (var kind in new[] { PolicyKind.Any, PolicyKind.Bucket, PolicyKind.Key })
        {
            Refuse($$$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":§"{{{principal}}}"},"Action":"*","Resource":"*"}}""", kind, "Statement.Principal.AWS");
        }
    }

    [Fact]
    public void Values_of_conditions_may_be_numbers_and_booleans()
    {
        var conditions = PolicyDocument.Parse($$$$"""
            {"Statement":[{{{{Good[..^1]}}}},"Condition":{"Bool":{"aws:SecureTransport":false},
            "NumericLessThan":{"s3:TlsVersion":[1.2,-3e1]},"DateLessThan":{"aws:EpochTime":1769817600},
            "StringEquals":{"a:b":[true,5,"x"]}}}]}
            """, PolicyKind.Bucket).Statements[0].Conditions;
        Assert.Equal(["false"], conditions[0].Values);
        Assert.Equal(["1.2", "-3e1"], conditions[1].Values);
        Assert.Equal(["1769817600"], conditions[2].Values);
        Assert.Equal(["true", "5", "x"], conditions[3].Values);
    }

    [Fact]
    public void Every_problem_is_reported_in_the_order_of_the_document()
        => Refuse(
            """
            {
              §"version": "2012-10-17",
              "Id": §7,
              "Statement": [
                {
                  "Resource": [§"", "*"],
                  "Action": §"PutObject",
                  "Condition": { §"StringEqual": {}, "Bool": { "aws:SecureTransport": §"maybe", §"x": [§null] } },
                  "Principal": { §"Services": "x", "AWS": §"root" },
                  "Effect": §"allow",
                  "Sid": §1, §"Sid": "two"
                },
                §{},
                §5
              ]
            }
            """,
            PolicyKind.Bucket,
            "version",
            "Id",
            "Statement[0].Resource[0]",
            "Statement[0].Action",
            "Statement[0].Condition.StringEqual",
            "Statement[0].Condition.Bool.aws:SecureTransport",
            "Statement[0].Condition.Bool.x",
            "Statement[0].Condition.Bool.x[0]",
            "Statement[0].Principal.Services",
            "Statement[0].Principal.AWS",
            "Statement[0].Effect",
            "Statement[0].Sid",
            "Statement[0].Sid",
            "Statement[1]",
            "Statement[1]",
            "Statement[1]",
            "Statement[1]",
            "Statement[2]");

    [Fact]
    public void Size_and_other_problems_are_reported_together()
    {
        var text = $$"""{"Statement":[{{Good}}],"Id":5,"Sid":"{{new string('x', 20_480)}}"}""";
        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Bucket, out _, out var problems));
        Assert.Equal(["Id", "Sid", ""], problems.Select(p => p.Path));
    }

    [Fact]
    public void One_broken_statement_refuses_the_document()
    {
        // The first statement alone would allow the request; nobody may be told so.
        var text = $$"""{"Version":"2012-10-17","Statement":[{{Good}},{"Effect":"deny","Principal":"*","Action":"s3:*","Resource":"*"}]}""";
        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Bucket, out var document, out var problems));
        Assert.Null(document);
        Assert.Equal("Statement[1].Effect", Assert.Single(problems).Path);
        Assert.Equal(problems, Assert.Throws<PolicyFormatException>(() => PolicyDocument.Parse(text, PolicyKind.Bucket)).Problems);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(100_000, false)]
    public void Nesting_has_a_limit_and_does_not_exhaust_the_stack(int depth, bool isJson)
    {
        var text = $$"""{"Statement":[],"Id":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Any, out _, out var problems));
        Assert.Equal(isJson ? "Id" : "", Assert.Single(problems).Path);
        Assert.Equal(!isJson, problems[0].Message.Contains("not JSON", StringComparison.Ordinal));
    }

    [Fact]
    public void Very_many_problems_keep_their_places()
    {
        // Ten thousand each on a line of its own, then ten thousand on one line.
        const int Count = 10_000;
        var text = $$"""{"Statement":[{{string.Join(",", Enumerable.Repeat($"\n{new string(' ', 1000)}5", Count))}}{{string.Concat(Enumerable.Repeat(",\"ä\"", Count))}}]}""";
        Assert.False(PolicyDocument.TryParse(text, PolicyKind.Any, out _, out var problems));
        Assert.Equal(2 * Count, problems.Count);
        Assert.Equal((Count + 1, 1001, $"Statement[{Count - 1}]"), (problems[Count - 1].Line, problems[Count - 1].Column, problems[Count - 1].Path));
        Assert.Equal((Count + 1, 1003 + (4 * (Count - 1)), $"Statement[{(2 * Count) - 1}]"), (problems[^1].Line, problems[^1].Column, problems[^1].Path));
    }

    [Theory]
    [InlineData("\"Principal\":§{}", "Principal", "nobody")]
    [InlineData("\"Principal\":§{\"AWS\":[]}", "Principal", "nobody")]
    [InlineData("\"NotPrincipal\":§{}", "NotPrincipal", "nobody")]
    [InlineData("\"Principal\":{\"AWS\":§\"AIDAEXAMPLEID12345678\"}", "Principal.AWS", "deleted")]
    [InlineData("\"Principal\":{\"AWS\":[\"111122223333\",§\"AROAEXAMPLEID12345678\"]}", "Principal.AWS[1]", "deleted")]
    [InlineData("\"Action\":§[]", "Action", "no effect")]
    [InlineData("\"NotAction\":§[]", "NotAction", "everything")]
    [InlineData("\"Resource\":§[]", "Resource", "no effect")]
    [InlineData("\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":§[]}}", "Condition.StringEquals.aws:SourceAccount", "no value")]
    // Other services than S3 and KMS are not as strict.
    [InlineData("\"Principal\":{\"AWS\":§\"arn:aws:iam::111122223333:role/*\"}", "Principal.AWS", "wildcard")]
    public void What_is_hardly_meant_is_a_warning(string marked, string path, string message)
    {
        var (before, after) = Surround(marked);
        var (text, places) = Unmark($$"""{"Statement":[{{before}}{{marked}}{{after}}]}""");
        Assert.True(PolicyDocument.TryParse(text, PolicyKind.Any, out var document, out var problems));
        var problem = Assert.Single(problems);
        Assert.Equal(PolicyProblemSeverity.Warning, problem.Severity);
        Assert.Equal((places[0].Line, places[0].Column, $"Statement[0].{path}"), (problem.Line, problem.Column, problem.Path));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(problems, document!.Warnings);
    }

    [Fact]
    public void Warnings_are_reported_beside_errors()
    {
        Assert.False(PolicyDocument.TryParse(
            """{"Statement":[{"Effect":"allow","Principal":{},"Action":[],"Resource":"*"}]}""", PolicyKind.Any, out _, out var problems));
        Assert.Equal(
            [(PolicyProblemSeverity.Error, "Statement[0].Effect"), (PolicyProblemSeverity.Warning, "Statement[0].Principal"), (PolicyProblemSeverity.Warning, "Statement[0].Action")],
            problems.Select(p => (p.Severity, p.Path)));
    }

    [Fact]
    public void A_problem_without_place_reads_as_its_message()
    {
        Assert.Equal("x", new PolicyProblem(PolicyProblemSeverity.Error, "x", "", 0, 0).ToString());
        Assert.Equal("line 1, column 2: x", new PolicyProblem(PolicyProblemSeverity.Error, "x", "", 1, 2).ToString());
        Assert.Equal("Id: x", new PolicyProblem(PolicyProblemSeverity.Error, "x", "Id", 0, 0).ToString());
        Assert.NotEmpty(new PolicyFormatException().Message);
        Assert.Equal("x", new PolicyFormatException("x").Message);
        Assert.Equal("x", Assert.Single(new PolicyFormatException("x", new FormatException()).Problems).Message);
    }

    private static void Hinted(IReadOnlyList<PolicyProblem> problems, string hint)
    {
        var message = Assert.Single(problems).Message;
        Assert.Equal(hint.Length > 0, message.Contains("Did you mean", StringComparison.Ordinal));
        Assert.EndsWith(hint, message, StringComparison.Ordinal);
    }

    // What a statement lacks besides the members given, so that they are its only fault.
    private static (string Before, string After) Surround(string marked)
    {
        var missing = new[] { ("Effect", "Allow"), ("Principal", "*"), ("Action", "s3:PutObject"), ("Resource", "*") }
            .Where(e => !marked.StartsWith($"\"{e.Item1}\"", StringComparison.Ordinal) && !marked.StartsWith($"\"Not{e.Item1}\"", StringComparison.Ordinal))
            .Select(e => $"\"{e.Item1}\":{JsonSerializer.Serialize(e.Item2)},");
        return ($"{{{string.Concat(missing)}", "}");
    }

    private static IReadOnlyList<PolicyProblem> Refuse(string marked, PolicyKind kind, params string[] paths)
    {
        var (text, places) = Unmark(marked);
        Assert.False(PolicyDocument.TryParse(text, kind, out var document, out var problems));
        Assert.Null(document);
        Assert.All(problems, p => Assert.Equal(PolicyProblemSeverity.Error, p.Severity));
        Assert.Equal(paths, problems.Select(p => p.Path));

        // Several problems may have one place, as those of an empty statement.
        Assert.Equal(places, problems.Select(p => (p.Line, p.Column)).Distinct());
        Assert.Equal(problems, Assert.Throws<PolicyFormatException>(() => PolicyDocument.Parse(Encoding.UTF8.GetBytes(text), kind)).Problems);
        return problems;
    }

    private static (string Text, List<(int Line, int Column)> Places) Unmark(string marked)
    {
        var text = new StringBuilder();
        var places = new List<(int, int)>();
        var (line, column) = (1, 1);
        foreach (var c in marked)
        {
            if (c == '§')
            {
                places.Add((line, column));
                continue;
            }

            text.Append(c);
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return (text.ToString(), places);
    }
}
