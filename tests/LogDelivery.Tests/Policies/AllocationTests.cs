using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>Policies are evaluated by the thousand in comparisons and repairs; a verdict must not cost garbage.</summary>
public class AllocationTests
{
    private static readonly PolicyDocument Policy = PolicyDocument.Parse(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "AclCheck", "Effect": "Allow", "Principal": { "Service": ["cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"] },
              "Action": ["s3:GetBucketAcl", "s3:ListBucket"], "Resource": "arn:aws:s3:::trail-logs",
              "Condition": { "StringEquals": { "aws:SourceAccount": ["111122223333", "444455556666"] } }
            },
            {
              "Sid": "TrailWrite", "Effect": "Allow", "Principal": { "Service": "cloudtrail.amazonaws.com" },
              "Action": "s3:PutObject", "Resource": "arn:aws:s3:::trail-logs/AWSLogs/*/CloudTrail*/?*",
              "Condition": {
                "StringEquals": { "s3:x-amz-acl": "bucket-owner-full-control" },
                "ArnLike": { "aws:SourceArn": ["arn:aws:cloudtrail:eu-*:111122223333:trail/*", "arn:aws:cloudtrail:us-*:111122223333:trail/m?in"] }
              }
            },
            {
              "Sid": "VendedWrite", "Effect": "Allow", "Principal": { "Service": "delivery.logs.amazonaws.com" },
              "Action": "s3:Put*", "Resource": "arn:aws:s3:::trail-logs/AWSLogs/111122223333/*",
              "Condition": {
                "StringLike": { "aws:SourceArn": "arn:aws:logs:*:111122223333:*" },
                "ForAnyValue:StringEquals": { "aws:PrincipalServiceNamesList": "delivery.logs.amazonaws.com" },
                "ForAllValues:StringLike": { "aws:SourceOrgPaths": "o-example1/*" }
              }
            },
            {
              "Sid": "TlsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
              "Condition": { "Bool": { "aws:SecureTransport": "false" } }
            },
            {
              "Sid": "Perimeter", "Effect": "Deny", "Principal": "*", "NotAction": "s3:GetBucketAcl", "Resource": ["arn:aws:s3:::trail-logs", "arn:aws:s3:::trail-logs/*"],
              "Condition": {
                "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-example1" },
                "ArnNotLike": { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/writer"] },
                "NotIpAddress": { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.7"] },
                "NumericLessThan": { "s3:TlsVersion": 1.2 },
                "DateGreaterThan": { "aws:CurrentTime": "2026-01-31T00:00:00Z" },
                "Null": { "aws:SourceVpc": "true" }
              }
            },
            {
              "Sid": "OnlyOurs", "Effect": "Deny", "NotPrincipal": { "AWS": ["111122223333", "arn:aws:iam::444455556666:role/path/reader"], "Service": ["cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"] },
              "Action": "s3:*", "NotResource": "arn:aws:s3:::trail-logs/public/*"
            }
          ]
        }
        """,
        PolicyKind.Bucket);

    // What every request carries, so that each operator of the policy is really asked.
    private static readonly RequestContext Context = Given.Context(
        ("aws:SourceAccount", ContextValue.Of("111122223333")),
        ("aws:SourceArn", ContextValue.Of("arn:aws:cloudtrail:us-east-1:111122223333:trail/main")),
        ("s3:x-amz-acl", ContextValue.Of("bucket-owner-full-control")),
        ("aws:SecureTransport", ContextValue.Of("true")),
        ("aws:PrincipalServiceNamesList", ContextValue.Of("cloudtrail.amazonaws.com", "cloudtrail.us-east-1.amazonaws.com")),
        ("aws:SourceOrgPaths", ContextValue.Of("o-example1/r-1/")),
        ("aws:PrincipalArn", ContextValue.Of("arn:aws:iam::777788889999:role/x")),
        ("aws:SourceIp", ContextValue.Of("192.0.2.1")),
        ("s3:TlsVersion", ContextValue.Of("1.3")),
        ("aws:CurrentTime", ContextValue.Of("2026-02-01T00:00:00Z")));

    public static TheoryData<string, PolicyRequest, Verdict> Requests => new()
    {
        { "trail write", Given.Request(context: Context), Verdict.Allowed },
        { "ACL check", Given.Request(action: "s3:GetBucketAcl", resource: "arn:aws:s3:::trail-logs", context: Context), Verdict.Allowed },
        {
            "vended write",
            Given.Request(RequestPrincipal.Service("delivery.logs.amazonaws.com"), context: Context
                .With("aws:SourceArn", ContextValue.Of("arn:aws:logs:us-east-1:111122223333:delivery-source:x"))
                .With("aws:PrincipalServiceNamesList", ContextValue.Of("delivery.logs.us-east-1.amazonaws.com", "delivery.logs.amazonaws.com"))),
            Verdict.Allowed
        },
        { "no TLS", Given.Request(context: Context.With("aws:SecureTransport", ContextValue.Of("false"))), Verdict.ExplicitDeny },
        {
            // Every condition of the perimeter matches; its principal and address are AWS's own.
            "perimeter",
            Given.Request(context: Context
                .With("s3:TlsVersion", ContextValue.Of("1.1"))
                .With("aws:PrincipalArn", ContextValue.Of("arn:aws:iam::777788889999:role/x"))
                .With("aws:SourceIp", ContextValue.Internal)),
            Verdict.ExplicitDeny
        },
        { "another service", Given.Request(RequestPrincipal.Service("config.amazonaws.com"), context: Context), Verdict.ExplicitDeny },
        { "another resource", Given.Request(resource: "arn:aws:s3:::trail-logs/other", context: Context), Verdict.ImplicitDeny },
        { "another trail", Given.Request(context: Context.With("aws:SourceArn", ContextValue.Of("arn:aws:cloudtrail:us-east-1:444455556666:trail/main"))), Verdict.ImplicitDeny },
        { "role session", Given.Request(RequestPrincipal.Aws("arn:aws:sts::111122223333:assumed-role/x/y"), context: Context), Verdict.ImplicitDeny },
        {
            "a principal of AWS's own",
            Given.Request(context: Context.With("s3:TlsVersion", ContextValue.Of("1.1")).With("aws:PrincipalArn", ContextValue.Internal)),
            Verdict.Unknown
        },
        { "an unknown key", Given.Request(context: Context.With("s3:x-amz-acl", ContextValue.Unknown)), Verdict.Unknown },
        {
            "one of two keys",
            Given.Request(context: Context.With("aws:SecureTransport", ContextValue.OneOf(ContextValue.Of("true"), ContextValue.Of("false")))),
            Verdict.Unknown
        },
    };

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public void A_verdict_costs_no_memory(string request, PolicyRequest given, Verdict expected)
    {
        // The first calls may build what is kept, and the runtime may recompile.
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(expected, Policy.Evaluate(given).Verdict);
        }

        var verdicts = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++)
        {
            verdicts += Policy.Evaluate(given).Verdict == expected ? 1 : 0;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(2000, verdicts);
        Assert.True(allocated == 0, $"{request}: {allocated} bytes in 2000 calls");
    }

    [Fact]
    public void A_long_pattern_takes_no_memory_by_its_square()
    {
        const long Most = 16L << 20;
        var letters = "arn:aws:" + string.Concat(Enumerable.Repeat("0001-01-01T00:00:00Z", 1_000));
        var value = ContextValue.Like("arn:aws:cloudtrail:*:111122223333:trail/*");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Truth.False, Given.Test("StringLike", Given.Key, $"\"{letters}\"", value));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
    }
}
