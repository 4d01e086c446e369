using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

/// <summary>What requests of deliveries are known to carry, and that what nobody knows stays unknown.</summary>
public class RequestContextOfDeliveriesTests
{
    private const string Allow = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::amzn-s3-demo-bucket\",\"arn:aws:s3:::amzn-s3-demo-bucket/*\"]}";

    private static readonly string[] SendAcl =
    [
        "CloudTrail", "VpcFlowLogs", "TransitGatewayFlowLogs", "NlbAccessLogs", "Config", "CloudFrontV2", "Waf", "NetworkFirewall",
        "ResolverQueryLogs", "GlobalAccelerator", "MskBrokerLogs", "VpcLattice", "VerifiedAccess", "CloudWatchLogsExport", "S3Inventory",
        "StorageLens", "SsmDataSync", "ComputeOptimizer", "VendedLogsV2",
    ];

    private static readonly string[] SendNoAcl = ["AlbAccessLogs", "ClbAccessLogs", "S3AccessLogs", "GuardDuty", "RedshiftAudit"];

    public static TheoryData<string> AllIds => Sample.AllIds;

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_Deny_of_uploads_without_the_owners_ACL_stops_those_that_do_not_send_it(string id)
    {
        var policy = Sample.Bucket($$"""
            {{Allow}},{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*",
             "Condition":{"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"} } }
            """);
        var expected = SendAcl.Contains(id) ? Verdict.Allowed : SendNoAcl.Contains(id) ? Verdict.ExplicitDeny : Verdict.Unknown;
        Assert.All(Writes(id), c => Assert.Equal(expected, policy.Judge(c)));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_Deny_of_uploads_without_encryption_header_stops_those_that_rely_on_the_default(string id)
    {
        var policy = Sample.Bucket($$"""
            {{Allow}},{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*",
             "Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"} } }
            """);
        var expected = id switch
        {
            "GuardDuty" or "Macie" => Verdict.Allowed,
            "Inspector" or "S3Inventory" or "StorageLens" or "Ses" => Verdict.Unknown,
            _ => Verdict.ExplicitDeny,
        };
        Assert.All(Writes(id), c => Assert.Equal(expected, policy.Judge(c)));
    }

    [Theory]
    [InlineData("GuardDuty")]
    [InlineData("Macie")]
    public void Services_that_encrypt_themselves_name_their_key(string id)
    {
        var delivery = Sample.Of(id);
        Assert.All(Writes(delivery), c => Assert.Equal(ContextKnowledge.Unknown, c.Context("s3:x-amz-server-side-encryption-aws-kms-key-id").Knowledge));
        Assert.All(Writes(delivery with { KmsKeyArn = Sample.Key }), c => Assert.Equal([Sample.Key], c.Context("s3:x-amz-server-side-encryption-aws-kms-key-id").Values));
    }

    [Theory]
    [InlineData("CloudTrail", ContextKnowledge.Unknown)]
    [InlineData("SsmDataSync", ContextKnowledge.Present)]
    [InlineData("AlbAccessLogs", ContextKnowledge.Present)]
    public void What_CloudTrail_carries_as_organization_is_contested(string id, ContextKnowledge knowledge)
    {
        var delivery = Sample.Of(id) with { OrganizationId = Sample.Organization };
        Assert.All(Writes(delivery), c => Assert.Equal(knowledge, c.Context("aws:SourceOrgID").Knowledge));
    }

    [Theory]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", Verdict.Allowed)]
    [InlineData("arn:aws:logs:*:111122223333:*", Verdict.Allowed)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:delivery-source:*", Verdict.Unknown)]
    [InlineData("arn:aws:logs:eu-west-1:111122223333:*", Verdict.ImplicitDeny)]
    public void Whether_V1_logs_match_a_narrower_ARN_is_not_known(string arn, Verdict verdict)
        => Assert.Equal(verdict, AllowLike(arn).Judge(Sample.Of("VpcFlowLogs").Call("log file")));

    [Theory]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", Verdict.Allowed)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:delivery-source:*", Verdict.Allowed)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:log-group:*", Verdict.ImplicitDeny)]
    public void A_policy_for_V1_logs_covers_V2(string arn, Verdict verdict)
        => Assert.Equal(verdict, AllowLike(arn).Judge(Sample.Of("VendedLogsV2").Call("log file")));

    [Fact]
    public void V2_logs_need_the_write_and_nothing_else()
        => Assert.Equal(["s3:PutObject"], Sample.Source("VendedLogsV2").GetRequiredCalls(Sample.Of("VendedLogsV2")).Select(c => c.Request.Action));

    [Fact]
    public void Macie_may_carry_either_of_two_ARNs()
    {
        var call = Sample.Of("Macie").Call("results file");
        Assert.Equal(Verdict.Unknown, AllowLike("arn:aws:macie2:us-east-1:111122223333:classification-job/*").Judge(call));
        Assert.Equal(Verdict.Allowed, AllowLike("arn:aws:macie2:us-east-1:111122223333:*").Judge(call));
        Assert.Equal(Verdict.ImplicitDeny, AllowLike("arn:aws:macie2:us-west-2:111122223333:*").Judge(call));
    }

    [Theory]
    [InlineData("Config", "history file", "arn:aws:config:us-east-1:111122223333:*")]
    [InlineData("CostAndUsageReport", "report file", "arn:aws:cur:us-east-1:111122223333:definition/*")]
    public void A_wildcard_that_requests_carry_to_the_letter_equals_itself(string id, string name, string arn)
    {
        var call = Sample.Of(id).Call(name);
        var equal = Sample.Bucket($$"""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*","Condition":{"StringEquals":{"aws:SourceArn":"{{arn}}"} } }""");
        Assert.Equal(Verdict.Allowed, equal.Judge(call));
        Assert.Equal(Verdict.Allowed, AllowLike(arn).Judge(call));
        Assert.Equal(Verdict.ImplicitDeny, AllowLike(arn.Replace("*", "narrower", StringComparison.Ordinal)).Judge(call));
    }

    [Fact]
    public void A_wildcard_under_StringEquals_leaves_a_trail_unknown_or_out()
    {
        var policy = Sample.Bucket("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*","Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/*"}}}""");
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge((Sample.Of("CloudTrail") with { SourceArn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main" }).Call("log file")));
        Assert.NotEqual(Verdict.Allowed, policy.Judge(Sample.Of("CloudTrail").Call("log file")));
    }

    [Fact]
    public void The_source_ARN_of_S3_access_logs_is_the_logged_bucket()
    {
        var policy = AllowLike("arn:aws:s3:::amzn-s3-demo-source");
        Assert.Equal(Verdict.Unknown, policy.Judge(Sample.Of("S3AccessLogs").Call("log file")));
        Assert.Equal(Verdict.Allowed, policy.Judge((Sample.Of("S3AccessLogs") with { SourceArn = "arn:aws:s3:::amzn-s3-demo-source" }).Call("log file")));
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge((Sample.Of("S3AccessLogs") with { SourceArn = "arn:aws:s3:::amzn-s3-demo-bucket" }).Call("log file")));
    }

    [Fact]
    public void What_Redshift_carries_as_source_is_not_documented()
    {
        var call = Sample.Of("RedshiftAudit").Call("user log file");
        Assert.Equal(ContextKnowledge.Unknown, call.Context("aws:SourceArn").Knowledge);
        Assert.Equal(ContextKnowledge.Unknown, call.Context("aws:SourceAccount").Knowledge);
    }

    [Fact]
    public void The_context_of_a_key_begins_with_the_prefix_or_is_the_bucket()
    {
        var delivery = Sample.Of("CloudTrail") with { KmsKeyArn = Sample.Key, KeyPrefix = "x" };
        ContextValue With(bool? bucketKey) => (delivery with { Bucket = new() { BucketKeyEnabled = bucketKey } }).Call("data key").Context("kms:EncryptionContext:aws:s3:arn");
        Assert.Equal(["arn:aws:s3:::amzn-s3-demo-bucket"], With(true).Values);
        Assert.Contains("arn:aws:s3:::amzn-s3-demo-bucket/x/*", With(false).ToString(), StringComparison.Ordinal);
        Assert.Equal(ContextKnowledge.OneOf, With(null).Knowledge);
    }

    [Fact]
    public void The_account_of_a_key_is_not_that_of_the_bucket()
    {
        var delivery = Sample.WithEverything("CloudTrail");
        Assert.Equal([Sample.Account], delivery.Call("data key").Context("aws:ResourceAccount").Values);
        Assert.Equal([Sample.OtherAccount], delivery.Call("log file").Context("aws:ResourceAccount").Values);
    }

    [Fact]
    public void The_trail_in_the_encryption_context_may_be_any_of_the_account()
    {
        var call = (Sample.Of("CloudTrail") with { KmsKeyArn = Sample.Key }).Call("data key");
        Assert.Equal(ContextKnowledge.Like, call.Context("kms:EncryptionContext:aws:cloudtrail:arn").Knowledge);
    }

    private static PolicyDocument AllowLike(string arn) => Sample.Bucket(
        $$"""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*","Condition":{"ArnLike":{"aws:SourceArn":"{{arn}}"} } }""");

    private static RequiredCall[] Writes(string id) => Writes(Sample.Of(id));

    private static RequiredCall[] Writes(Delivery delivery)
        => [.. delivery.Source.GetRequiredCalls(delivery).Where(c => c.Request.Action == "s3:PutObject")];
}
