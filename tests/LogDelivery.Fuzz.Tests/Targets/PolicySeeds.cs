using System.Text;
using LogDelivery.Policies;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Policies to damage, and requests to ask what is left of them.</summary>
internal static class PolicySeeds
{
    public static readonly string[] Bucket =
    [
        """
        {"Version":"2012-10-17","Id":"trail","Statement":[
          {"Sid":"Acl","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::trail-logs",
           "Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/main"}}},
          {"Sid":"Write","Effect":"Allow","Principal":{"Service":["cloudtrail.amazonaws.com","delivery.logs.amazonaws.com"]},"Action":["s3:PutObject"],"Resource":["arn:aws:s3:::trail-logs/AWSLogs/111122223333/*"],
           "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"},"ArnLike":{"AWS:SourceArn":["arn:aws:cloudtrail:*:111122223333:trail/*"]}}}]}
        """,
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":"arn:aws:s3:::trail-logs/*","Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:TlsVersion":1.2}}}}
        """,
        """
        {"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::444455556666:root"],"Service":"config.amazonaws.com"},"NotAction":["s3:Get*","s3:List?ucket"],"Resource":"*"}],"Version":"2008-10-17"}
        """,
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*","Federated":"accounts.example.com","CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
          "Action":"*","Resource":["arn:aws:s3:::trail-logs/${aws:PrincipalTag/team, 'none'}/*","arn:aws:s3:::trail-logs"],
          "Condition":{"ForAnyValue:StringLikeIfExists":{"aws:TagKeys":["a*","${*}"]},"ForAllValues:StringNotEqualsIgnoreCase":{"aws:PrincipalServiceNamesList":"x"},
          "NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32","198.51.100.7"]},"DateGreaterThanEquals":{"aws:CurrentTime":["2026-01-31T00:00:00Z","2026-01",1769817600]},
          "Null":{"aws:SourceVpce":"true"},"BinaryEquals":{"example:Digest":"QmluYXJ5"},"NumericNotEqualsIfExists":{"s3:max-keys":["10","-1.5e2"]}}}]}
        """,
    ];

    public static readonly string[] Key =
    [
        """
        {"Version":"2012-10-17","Id":"key","Statement":[
          {"Sid":"Root","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
          {"Sid":"Trail","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*",
           "Condition":{"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:111122223333:trail/*"},"BoolIfExists":{"kms:GrantIsForAWSResource":"${aws:PrincipalIsAWSService}"}}}]}
        """,
    ];

    public static readonly string[] Role =
    [
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"111122223333"}}}]}""",
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:PutObject","s3:Abort*"],"Resource":["arn:aws:s3:::trail-logs","arn:aws:s3:::trail-logs/*"]},{"Effect":"Deny","NotAction":"kms:*","NotResource":"arn:aws:kms:us-east-1:111122223333:key/${aws:username}"}]}""",
    ];

    public static IEnumerable<byte[]> Bytes(IEnumerable<string> texts) => texts.Select(Encoding.UTF8.GetBytes);

    public static readonly PolicyRequest[] Requests =
    [
        new(RequestPrincipal.Service("cloudtrail.amazonaws.com"), "s3:PutObject", "arn:aws:s3:::trail-logs/AWSLogs/111122223333/CloudTrail/x", new RequestContext([KeyValuePair.Create("aws:SourceArn", ContextValue.Of("arn:aws:cloudtrail:us-east-1:111122223333:trail/main"))])),
        new(RequestPrincipal.Aws("arn:aws:sts::111122223333:assumed-role/writer/run-1"), "s3:GetBucketAcl", "arn:aws:s3:::trail-logs", new RequestContext([KeyValuePair.Create("aws:SourceArn", ContextValue.Like("arn:aws:cloudtrail:*:111122223333:*"))], ContextValue.Unknown)),
        new(RequestPrincipal.Anonymous, "kms:GenerateDataKey", "arn:aws:kms:us-east-1:111122223333:key/1234", new RequestContext([], ContextValue.Internal)),
        new(RequestPrincipal.Service("firehose.amazonaws.com"), "sts:AssumeRole", "*", new RequestContext([], ContextValue.OneOf(ContextValue.Of(string.Empty), ContextValue.Of("203.0.113.9", "true")))),
    ];
}
