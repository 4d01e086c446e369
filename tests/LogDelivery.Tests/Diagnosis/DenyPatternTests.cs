using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>
/// The Deny statements that people put into bucket policies, against a trail (sends an ACL), a flow log (service principal
/// with both guards) and a load balancer (sends nothing): what each does, and that its safe form does nothing.
/// </summary>
public sealed class DenyPatternTests
{
    private const string ExemptServices = "\"BoolIfExists\":{\"aws:PrincipalIsAWSService\":\"false\"}";

    private static readonly Delivery[] Deliveries = [Sample.Trail, Sample.FlowLog, Sample.LoadBalancer];

    /// <summary>Condition, and the finding for trail, flow log and load balancer; empty where the statement is harmless.</summary>
    public static TheoryData<string, string, string, string> Patterns => new()
    {
        // The organization's perimeter: IfExists makes no difference to a negated operator.
        { """{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}""", "LD0020", "LD0020", "LD0020" },
        { """{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorgid"}}""", "LD0020", "LD0020", "LD0020" },
        { """{"StringNotLike":{"aws:PrincipalOrgID":"o-*"}}""", "LD0020", "LD0020", "LD0020" },
        { """{"ForAllValues:StringNotLike":{"aws:PrincipalOrgPaths":"o-exampleorgid/*"}}""", "LD0020", "LD0020", "LD0020" },
        { """{"ForAnyValue:StringNotLike":{"aws:PrincipalOrgPaths":"o-exampleorgid/*"}}""", "", "", "" },
        { """{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"},"Null":{"aws:PrincipalOrgID":"false"}}""", "", "", "" },
        { """{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"},"Bool":{"aws:PrincipalIsAWSService":"false"}}""", "", "", "" },

        // The network's perimeter.
        { """{"StringNotEquals":{"aws:SourceVpc":"vpc-1234abcd"}}""", "LD0021", "LD0021", "LD0021" },
        { """{"StringNotEqualsIfExists":{"aws:SourceVpce":"vpce-1234abcd"}}""", "LD0021", "LD0021", "LD0021" },
        { """{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", "LD0021", "LD0021", "LD0021" },
        { """{"NotIpAddressIfExists":{"aws:SourceIp":["203.0.113.0/24","198.51.100.0/24"]}}""", "LD0021", "LD0021", "LD0021" },
        { """{"NotIpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}}""", "LD0021", "LD0021", "LD0021" },
        { """{"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1234abcd"},"NotIpAddressIfExists":{"aws:SourceIp":"203.0.113.0/24"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false","aws:ViaAWSService":"false"}}""", "", "", "" },

        // Encryption headers: the sources rely on the bucket's default.
        { """{"Null":{"s3:x-amz-server-side-encryption":"true"}}""", "LD0022", "LD0022", "LD0022" },
        { """{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}""", "LD0022", "LD0022", "LD0022" },
        { """{"StringNotEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:us-east-1:111122223333:key/1"}}""", "LD0022", "LD0022", "LD0022" },
        { """{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"},"Null":{"s3:x-amz-server-side-encryption":"false"}}""", "", "", "" },

        // Lists of principals.
        { """{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}""", "LD0023", "LD0023", "LD0023" },
        { """{"StringNotLikeIfExists":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/a","arn:aws:iam::111122223333:role/b"]}}""", "LD0023", "LD0023", "LD0023" },
        { """{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}""", "LD0023", "LD0023", "LD0023" },
        { """{"StringNotLike":{"aws:userid":"AROAEXAMPLE:*"}}""", "LD0023", "LD0023", "LD0023" },
        { """{"StringNotEquals":{"aws:PrincipalServiceName":"cloudtrail.amazonaws.com"}}""", "", "LD0023", "LD0023" },
        { """{"ForAllValues:StringNotEquals":{"aws:PrincipalServiceNamesList":["cloudtrail.amazonaws.com","delivery.logs.amazonaws.com"]}}""", "", "", "LD0023" },
        { """{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}""", "", "", "" },

        // The ACL: harmless to those who send it.
        { """{"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}""", "", "", "LD0024" },
        { """{"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}""", "", "", "" },

        // The counterpart for services: whose logs they may bring.
        { """{"StringNotEqualsIfExists":{"aws:SourceAccount":"444455556666"},"Null":{"aws:SourceAccount":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}}""", "LD0026", "LD0026", "LD0026" },
        { """{"StringNotEqualsIfExists":{"aws:SourceAccount":["111122223333","444455556666"]},"Bool":{"aws:PrincipalIsAWSService":"true"}}""", "", "", "" },
        { """{"ArnNotLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:trail/*"},"Bool":{"aws:PrincipalIsAWSService":"true"}}""", "", "LD0026", "LD0026" },

        // Never harmful, and never reported.
        { """{"Bool":{"aws:SecureTransport":"false"}}""", "", "", "" },
        { """{"NumericLessThan":{"s3:TlsVersion":"1.2"}}""", "", "", "" },

        // Anything else.
        { "", "LD0025", "LD0025", "LD0025" },
        { """{"Bool":{"aws:SecureTransport":"true"}}""", "LD0025", "LD0025", "LD0025" },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    [Finding("LD0020")]
    [Finding("LD0021")]
    [Finding("LD0022")]
    [Finding("LD0023")]
    [Finding("LD0024")]
    [Finding("LD0025")]
    [Finding("LD0026")]
    public void A_deny_of_uploads(string condition, string trail, string flowLog, string loadBalancer)
    {
        foreach (var (delivery, expected) in Deliveries.Zip([trail, flowLog, loadBalancer]))
        {
            var draft = PolicyDraft.For(delivery).Deny(condition, "s3:PutObject");
            var deny = draft.Build().Statements.Count - 1;
            var result = draft.Test(delivery);
            var writes = result.Calls.Where(c => c.Call.Request.Action == "s3:PutObject").ToArray();
            if (expected.Length == 0)
            {
                Assert.Empty(result.AllFindings);
                Assert.True(result.Passes, $"{delivery}: {condition}");
                continue;
            }

            Assert.All(writes, w => Assert.Equal(Verdict.ExplicitDeny, w.Verdict));
            var finding = result.Only(expected);
            finding.Says($"Statement[{deny}] \"Deny\" denies {writes[0].Call.Request.Principal}");
            Assert.Equal(deny, finding.StatementIndex);
        }
    }

    /// <summary>What is hit by a pattern passes once services are exempt from it, as the remedies say.</summary>
    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_exemption_of_services_makes_every_pattern_harmless(string condition, string trail, string flowLog, string loadBalancer)
    {
        foreach (var (delivery, expected) in Deliveries.Zip([trail, flowLog, loadBalancer]).Where(p => p.Second is not ("" or "LD0026")))
        {
            PolicyDraft.For(delivery).Deny(condition, "s3:PutObject").Test(delivery).Only(expected);
            var safe = condition.Length == 0 ? $"{{{ExemptServices}}}" : $"{condition[..^1]},{ExemptServices}}}";
            Assert.Empty(PolicyDraft.For(delivery).Deny(safe, "s3:PutObject").Test(delivery).AllFindings);
        }
    }

    [Fact]
    public void NotPrincipal_without_the_service()
    {
        const string Others = "\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::111122223333:role/admin\"}";
        var finding = PolicyDraft.For(Sample.Trail).Deny(string.Empty, principal: Others).Test(Sample.Trail).Only("LD0023");
        finding.Says("NotPrincipal lists AWS arn:aws:iam::111122223333:role/admin, not cloudtrail.amazonaws.com");
        finding.Advises("Add \"Service\": \"cloudtrail.amazonaws.com\" to NotPrincipal of Statement[2]");
        Assert.Equal("Statement[2].NotPrincipal", finding.Path);
    }

    [Fact]
    public void NotPrincipal_with_the_service_is_harmless()
        => Assert.Empty(PolicyDraft.For(Sample.Trail).Deny(string.Empty, principal: "\"NotPrincipal\":{\"Service\":\"cloudtrail.amazonaws.com\"}").Test(Sample.Trail).AllFindings);

    [Fact]
    public void IfExists_is_called_no_exemption()
        => PolicyDraft.For(Sample.Trail).Deny("""{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorgid"}}""").Test(Sample.Trail).Only("LD0020").Says("IfExists is no exemption in a Deny");

    [Fact]
    public void The_exemption_is_spelled_out()
        => PolicyDraft.For(Sample.Trail).Deny("""{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}""").Test(Sample.Trail).Only("LD0020")
            .Advises("Add \"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"} to the Condition of Statement[2]");

    [Fact]
    public void A_source_that_sends_encryption_headers_passes_a_demand_for_them()
    {
        var delivery = Sample.Of("GuardDuty") with { SourceArn = "arn:aws:guardduty:us-east-1:111122223333:detector/12abc34d567e8fa901bc2d34e56789f0", KmsKeyArn = Sample.KeyArn };
        Assert.Empty(PolicyDraft.For(delivery).Deny("""{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}""", "s3:PutObject").Test(delivery).AllFindings);
    }

    [Fact]
    public void Each_deny_is_a_fact_of_its_own_and_so_is_a_missing_allow()
    {
        var result = PolicyDraft.For(Sample.Trail).Without(1)
            .Deny("""{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}""", "s3:PutObject")
            .Deny("""{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", "s3:PutObject")
            .Test(Sample.Trail);
        Assert.Equal(["LD0001", "LD0020", "LD0021"], result.Ids().Order(StringComparer.Ordinal));
    }
}
