namespace LogDelivery.Aws.Tests.Support;

/// <summary>Sessions and samples that tests begin with. The keys are AWS's published examples.</summary>
internal static class Given
{
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Region = "eu-central-1";
    public const string TrailArn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/management-events";

    public static AwsOptions Options(FakeAws aws) => new()
    {
        AccessKey = AccessKey,
        SecretKey = SecretKey,
        Region = Region,
        EndpointUrl = aws.Url,
    };

    public static async Task<AwsSession> SessionAsync(FakeAws aws, AwsOptions? options = null)
        => await AwsSession.OpenAsync(options ?? Options(aws));

    public static string Role(string key = "ASIAROLE", string secret = "role-secret", string operation = "AssumeRole", string expiration = "2099-01-01T00:00:00Z") => $"""
        <{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{operation}Result>
          <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>{expiration}</Expiration></Credentials>
          <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/audit/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser>
        </{operation}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></{operation}Response>
        """;

    public static string Identity(string account = "111122223333") => $"""
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
          <Arn>arn:aws:iam::{account}:user/alice</Arn><UserId>AIDA</UserId><Account>{account}</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """;
}
