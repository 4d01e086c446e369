using System.Collections.Concurrent;
using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Aws.Tests.Health;

/// <summary>An account that answers as a test says, and counts what it is asked.</summary>
internal sealed class FakeAccount : IAwsGateways, ITrailGateway, IBucketGateway, IKeyGateway, ITopicGateway, ILogGroupGateway, IRoleGateway, IAccountGateway
{
    public const string AccountId = "111122223333";
    public const string Bucket = "amzn-s3-demo-bucket";
    public const string TrailArn = $"arn:aws:cloudtrail:us-east-1:{AccountId}:trail/audit";

    public static readonly DateTime Now = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    public static readonly TrailConfiguration Trail = new()
    {
        TrailArn = TrailArn,
        Name = "audit",
        HomeRegion = "us-east-1",
        BucketName = Bucket,
        LogFileValidationEnabled = true,
    };

    public static readonly TrailStatus Healthy = new()
    {
        IsLogging = true,
        StartLoggingTime = Now.AddDays(-90),
        LatestDeliveryTime = Now.AddMinutes(-4),
        LatestDigestDeliveryTime = Now.AddMinutes(-40),
    };

    public ConcurrentQueue<string> Calls { get; } = new();

    public Func<string, IReadOnlyList<TrailConfiguration>> Trails { get; set; } = _ => [Trail];

    public Func<string, string, TrailStatus> Status { get; set; } = (_, _) => Healthy;

    public Func<Readable<BucketPlace>> Place { get; set; } = () => Readable.Found(new BucketPlace("us-east-1", false));

    public Func<Readable<string>> Policy { get; set; } = () => Readable.Found(GoodPolicy());

    public Func<BucketReport> Settings { get; set; } = () => new(new() { Region = "us-east-1", AccountId = AccountId, Encryption = BucketEncryption.SseS3, RequesterPays = false }, []);

    public Func<string, Readable<IReadOnlyList<StoredObject>>> Objects { get; set; } = _ => Readable.Found<IReadOnlyList<StoredObject>>([]);

    public Func<Readable<KeyDescription>> Key { get; set; } = Readable.Missing<KeyDescription>;

    public Func<Readable<string>> KeyPolicy { get; set; } = Readable.Missing<string>;

    public Func<Readable<string>> TopicPolicy { get; set; } = Readable.Missing<string>;

    public Func<Readable<LogGroup>> LogGroup { get; set; } = Readable.Missing<LogGroup>;

    public Func<Readable<RoleDescription>> Role { get; set; } = Readable.Missing<RoleDescription>;

    public Func<Readable<string>> Organization { get; set; } = Readable.Missing<string>;

    public IReadOnlyList<string> Regions { get; set; } = ["us-east-1"];

    ITrailGateway IAwsGateways.Trails => this;

    public IBucketGateway Buckets => this;

    public IKeyGateway Keys => this;

    public ITopicGateway Topics => this;

    public ILogGroupGateway LogGroups => this;

    public IRoleGateway Roles => this;

    public IAccountGateway Account => this;

    public static AwsCallException Denied(string action) => new(AwsErrorKind.AccessDenied, "AccessDenied", $"{action} was denied.") { MissingPermission = action };

    public static string GoodPolicy(string trailArn = TrailArn) => $$$"""
        {"Version":"2012-10-17","Statement":[
          {"Sid":"AWSCloudTrailAclCheck","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl",
           "Resource":"arn:aws:s3:::{{{Bucket}}}","Condition":{"StringEquals":{"aws:SourceArn":"{{{trailArn}}}"} } },
          {"Sid":"AWSCloudTrailWrite","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
           "Resource":"arn:aws:s3:::{{{Bucket}}}/AWSLogs/{{{AccountId}}}/*",
           "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"{{{trailArn}}}"} } }]}
        """;

    public Task<IReadOnlyList<TrailConfiguration>> ListAsync(string region, CancellationToken cancellationToken) => Ask($"ListTrails {region}", () => Trails(region));

    public Task<TrailStatus> GetStatusAsync(string region, string trailArn, CancellationToken cancellationToken) => Ask($"GetTrailStatus {region} {trailArn}", () => Status(region, trailArn));

    public Task<IReadOnlyList<PolicyWriteEvent>> FindPolicyWritesAsync(string region, string bucketName, DateTime since, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<BucketPlace>> IBucketGateway.FindAsync(string bucketName, CancellationToken cancellationToken) => Ask($"HeadBucket {bucketName}", Place);

    Task<Readable<string>> IBucketGateway.FindOwnAsync(string bucketName, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<string>> IBucketGateway.GetPolicyAsync(string bucketName, CancellationToken cancellationToken) => Ask($"GetBucketPolicy {bucketName}", Policy);

    public Task<BucketReport> GetSettingsAsync(string bucketName, string? supposedOwner, CancellationToken cancellationToken) => Ask($"GetBucketSettings {bucketName}", Settings);

    Task IBucketGateway.PutPolicyAsync(string bucketName, string policy, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IBucketGateway.DeletePolicyAsync(string bucketName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Readable<IReadOnlyList<StoredObject>>> ListAsync(string bucketName, string prefix, CancellationToken cancellationToken) => Ask($"ListObjects {bucketName} {prefix}", () => Objects(prefix));

    Task<Readable<StoredObject>> IBucketGateway.FindNewestAsync(string bucketName, string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    IBucketGateway IBucketGateway.OwnedBy(string accountId) => this;

    public Task<Readable<KeyDescription>> DescribeAsync(string region, string keyId, CancellationToken cancellationToken) => Ask($"DescribeKey {region} {keyId}", Key);

    Task<Readable<string>> IKeyGateway.GetPolicyAsync(string region, string keyId, CancellationToken cancellationToken) => Ask($"GetKeyPolicy {region} {keyId}", KeyPolicy);

    Task IKeyGateway.PutPolicyAsync(string region, string keyId, string policy, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, string>> GetAliasesAsync(string region, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<string>> ITopicGateway.GetPolicyAsync(string topicArn, CancellationToken cancellationToken) => Ask($"GetTopicAttributes {topicArn}", TopicPolicy);

    Task ITopicGateway.PutPolicyAsync(string topicArn, string policy, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IRoleGateway.PutPolicyAsync(string roleArn, string policyName, string policy, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IRoleGateway.DeletePolicyAsync(string roleArn, string policyName, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IRoleGateway.PutTrustPolicyAsync(string roleArn, string policy, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<LogGroup>> ILogGroupGateway.FindAsync(string logGroupArn, CancellationToken cancellationToken) => Ask($"DescribeLogGroups {logGroupArn}", LogGroup);

    Task<Readable<RoleDescription>> IRoleGateway.FindAsync(string roleArn, CancellationToken cancellationToken) => Ask($"GetRole {roleArn}", Role);

    public Task<CallerIdentity> GetIdentityAsync(CancellationToken cancellationToken) => Ask("GetCallerIdentity", () => new CallerIdentity(AccountId, $"arn:aws:iam::{AccountId}:user/alice"));

    public Task<IReadOnlyList<string>> GetEnabledRegionsAsync(CancellationToken cancellationToken) => Ask("DescribeRegions", () => Regions);

    public Task<Readable<string>> GetOrganizationIdAsync(CancellationToken cancellationToken) => Ask("DescribeOrganization", Organization);

    private async Task<T> Ask<T>(string call, Func<T> answer)
    {
        Calls.Enqueue(call);
        await Task.Yield();
        return answer();
    }
}

/// <summary>A clock that stands still at the samples' time.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(FakeAccount.Now);
}
