using LogDelivery.Policies;

namespace LogDelivery.Benchmarks;

/// <summary>A bucket policy as log archives have it: a trail, flow logs, a TLS deny and an organization's perimeter.</summary>
internal static class SixStatements
{
    private const string Bucket = "arn:aws:s3:::amzn-s3-demo-archive";

    public const string Json = $$$$"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Sid":"AWSCloudTrailAclCheck","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"{{{{Bucket}}}}",
             "Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/organization"}}},
            {"Sid":"AWSCloudTrailWrite","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"{{{{Bucket}}}}/AWSLogs/111122223333/*",
             "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/organization"}}},
            {"Sid":"AWSLogDeliveryAclCheck","Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"{{{{Bucket}}}}",
             "Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"},"ArnLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:111122223333:*"}}},
            {"Sid":"AWSLogDeliveryWrite","Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject","Resource":"{{{{Bucket}}}}/AWSLogs/111122223333/*",
             "Condition":{"StringEquals":{"aws:SourceAccount":"111122223333","s3:x-amz-acl":"bucket-owner-full-control"},"ArnLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:111122223333:*"}}},
            {"Sid":"OnlyTls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["{{{{Bucket}}}}","{{{{Bucket}}}}/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},
            {"Sid":"OnlyOurOrganization","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["{{{{Bucket}}}}","{{{{Bucket}}}}/*"],
             "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorgid"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}
          ]
        }
        """;

    public static PolicyRequest Request(string trail, string secureTransport) => new(
        RequestPrincipal.Service("cloudtrail.amazonaws.com"),
        "s3:PutObject",
        $"{Bucket}/AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/31/111122223333_CloudTrail_us-east-1_20260131T2350Z_Abcdefgh12345678.json.gz",
        new RequestContext(
        [
            new("aws:SourceArn", ContextValue.Of(trail)),
            new("aws:SourceAccount", ContextValue.Of("111122223333")),
            new("s3:x-amz-acl", ContextValue.Of("bucket-owner-full-control")),
            new("aws:SecureTransport", ContextValue.Of(secureTransport)),
            new("aws:PrincipalIsAWSService", ContextValue.Of("true")),
        ]));
}
