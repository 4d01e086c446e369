namespace LogDelivery.Tests.Records.AccessLogs;

/// <summary>Lines to read. The owner, bucket, ARNs and addresses are the documentation's example ones.</summary>
internal static class AccessLogLines
{
    public const string Owner = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

    public const string Head = Owner + " amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 " + Owner + " 3E57427F3EXAMPLE REST.GET.OBJECT logs/a.gz";

    public const string Tail = "- s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2";

    public const string Clear = Head + " \"GET /logs/a.gz HTTP/1.1\" 200 - 113 4406583 41754 28 \"-\" \"S3Console/0.4\" " + Tail + " arn:aws:s3:us-west-1:111122223333:accesspoint/example-AP Yes us-west-1";

    public static string FailedDelivery(string bucket = "amzn-s3-demo-logs", string principal = "delivery.logs.amazonaws.com")
        => $"{Owner} {bucket} [01/Apr/2026:08:42:43 +0000] - svc:{principal} 6AE40C86EXAMPLE1 REST.PUT.OBJECT AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/04/01/111122223333_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20260401T0840Z_6ae40c86.log.gz \"PUT /AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/04/01/111122223333_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20260401T0840Z_6ae40c86.log.gz HTTP/1.1\" 403 AccessDenied 243 - 21 9 \"-\" \"-\" {Tail} - - us-east-1";

    public static string Quoted(string uri = "GET /logs/a.gz HTTP/1.1", string outcome = "200 - 113 4406583 41754 28", string referer = "-", string agent = "S3Console/0.4", string tail = Tail + " - - us-west-1")
        => $"{Head} \"{uri}\" {outcome} \"{referer}\" \"{agent}\" {tail}";
}
