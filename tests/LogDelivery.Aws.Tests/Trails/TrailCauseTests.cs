using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Trails;
using Xunit;

namespace LogDelivery.Aws.Tests.Trails;

/// <summary>Why a trail is not healthy, and what is asked to find out.</summary>
public sealed class TrailCauseTests
{
    private const string OldArn = $"arn:aws:cloudtrail:us-east-1:{FakeAccount.AccountId}:trail/old-name";
    private const string KeyArn = $"arn:aws:kms:us-east-1:{FakeAccount.AccountId}:key/11111111-2222-3333-4444-555555555555";
    private const string TopicArn = $"arn:aws:sns:us-east-1:{FakeAccount.AccountId}:audit";
    private const string GroupArn = $"arn:aws:logs:us-east-1:{FakeAccount.AccountId}:log-group:audit:*";
    private const string RoleArn = $"arn:aws:iam::{FakeAccount.AccountId}:role/cloudtrail-logs";

    private static readonly TrailStatus Refused = FakeAccount.Healthy with { LatestDeliveryError = "AccessDenied" };

    [Fact]
    public async Task A_healthy_trail_costs_one_call()
    {
        var account = new FakeAccount();
        var health = await CheckAsync(account);
        Assert.Equal([$"GetTrailStatus us-east-1 {FakeAccount.TrailArn}"], account.Calls);
        Assert.Empty(health.Rows);
    }

    [Fact]
    public async Task Details_are_looked_at_when_asked_for()
    {
        var health = await CheckAsync(new FakeAccount(), detailed: true);
        Assert.Equal(TrailDeliveryState.Healthy, health.StateValue);
        Assert.NotEmpty(health.Rows);
        Assert.All(health.Rows, r => Assert.Equal(Verdict.Allowed, r.VerdictValue));
    }

    [Fact]
    public async Task A_statement_with_the_old_arn_is_named()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused, Policy = () => Readable.Found(FakeAccount.GoodPolicy(OldArn)) });
        Assert.Equal(TrailDeliveryState.Failing, health.StateValue);
        var cause = health.Cause[0];
        Assert.Equal(FindingSeverity.Blocks, cause.SeverityValue);
        Assert.Contains("old-name", cause.Evidence, StringComparison.Ordinal);
        Assert.Contains("S3 refuses the log files with AccessDenied", health.Explanation, StringComparison.Ordinal);
        Assert.Contains(cause.Title, health.Explanation, StringComparison.Ordinal);
        Assert.Contains(health.Rows, r => r.Sid == "AWSCloudTrailWrite" || r.VerdictValue == Verdict.ImplicitDeny);
    }

    [Fact]
    public async Task A_bucket_without_a_policy_refuses_everything()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused, Policy = Readable.Missing<string> });
        Assert.Contains(health.Cause, f => f.SeverityValue == FindingSeverity.Blocks);
        Assert.All(health.Rows, r => Assert.Equal(Verdict.ImplicitDeny, r.VerdictValue));
    }

    [Fact]
    public async Task A_policy_that_may_not_be_read_is_unknown_and_not_missing()
    {
        var health = await CheckAsync(new FakeAccount
        {
            Status = (_, _) => Refused,
            Policy = () => Readable.Unreadable<string>(FakeAccount.Denied("s3:GetBucketPolicy")),
        });
        Assert.Equal(TrailDeliveryState.Failing, health.StateValue);
        Assert.All(health.Rows, r => Assert.Equal(Verdict.Unknown, r.VerdictValue));
        Assert.DoesNotContain(health.Cause, f => f.SeverityValue == FindingSeverity.Blocks);
        Assert.Equal(["s3:GetBucketPolicy"], health.MissingPermissions);
        Assert.Contains("missing: s3:GetBucketPolicy", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_is_the_cause()
    {
        var account = new FakeAccount
        {
            Status = (_, _) => FakeAccount.Healthy with { LatestDeliveryError = "NoSuchBucket" },
            Place = Readable.Missing<BucketPlace>,
        };
        var health = await CheckAsync(account);
        Assert.Equal("LD0070", Assert.Single(health.Cause).Id);
        Assert.Empty(health.Rows);
        Assert.DoesNotContain(account.Calls, c => c.StartsWith("GetBucketPolicy", StringComparison.Ordinal));
        Assert.Contains("The bucket does not exist", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_judged_too()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused, Settings = () => new(new() { RequesterPays = true }, ["s3:GetEncryptionConfiguration"]) });
        Assert.Contains(health.Cause, f => f.Title.StartsWith("Requester Pays", StringComparison.Ordinal));
        Assert.Equal(["s3:GetEncryptionConfiguration"], health.MissingPermissions);
    }

    [Fact]
    public async Task A_key_s_state_and_policy_are_judged()
    {
        var account = new FakeAccount
        {
            Status = (_, _) => Refused,
            Key = () => Readable.Found(new KeyDescription(KeyArn, "Disabled")),
            KeyPolicy = () => Readable.Found($$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{FakeAccount.AccountId}}}:root"},"Action":"kms:*","Resource":"*"}]}"""),
        };
        var health = await CheckAsync(account, FakeAccount.Trail with { KmsKeyId = KeyArn });
        Assert.Contains(health.Cause, f => f.Evidence.Contains("Disabled", StringComparison.Ordinal));
        Assert.Contains(health.Rows, r => r.Call.StartsWith("kms:GenerateDataKey", StringComparison.Ordinal) && r.VerdictValue == Verdict.ImplicitDeny);
    }

    [Fact]
    public async Task A_key_that_does_not_exist_is_a_cause()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused }, FakeAccount.Trail with { KmsKeyId = KeyArn });
        Assert.Contains(health.Cause, f => f.Id == "LD0071");
    }

    [Fact]
    public async Task A_key_of_another_account_is_unknown()
    {
        var account = new FakeAccount
        {
            Status = (_, _) => Refused,
            Key = () => Readable.Unreadable<KeyDescription>(FakeAccount.Denied("kms:DescribeKey")),
            KeyPolicy = () => Readable.Unreadable<string>(FakeAccount.Denied("kms:GetKeyPolicy")),
        };
        var health = await CheckAsync(account, FakeAccount.Trail with { KmsKeyId = KeyArn });
        Assert.Equal(["kms:DescribeKey", "kms:GetKeyPolicy"], health.MissingPermissions);
        Assert.Contains(health.Rows, r => r.Call.StartsWith("kms:", StringComparison.Ordinal) && r.VerdictValue == Verdict.Unknown);
        Assert.DoesNotContain(health.Cause, f => f.Id is "LD0071" or "LD0078");
    }

    [Fact]
    public async Task An_error_that_nothing_explains_is_said_to_be_one()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused });
        Assert.Contains(health.Cause, f => f.Id == "LD0078" && f.Remedy.Contains("resource control policy", StringComparison.Ordinal));
        Assert.Contains("The policies allow what AWS reports as refused", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organization_trail_needs_the_organization_s_path()
    {
        var account = new FakeAccount { Status = (_, _) => Refused, Organization = () => Readable.Found("o-exampleorgid") };
        var health = await CheckAsync(account, FakeAccount.Trail with { IsOrganizationTrail = true });
        Assert.Contains(health.Rows, r => r.Resource.Contains("/AWSLogs/o-exampleorgid/", StringComparison.Ordinal) && r.VerdictValue == Verdict.ImplicitDeny);
    }

    [Fact]
    public async Task An_organization_that_may_not_be_read_is_named()
    {
        var account = new FakeAccount { Status = (_, _) => Refused, Organization = () => Readable.Unreadable<string>(FakeAccount.Denied("organizations:DescribeOrganization")) };
        var health = await CheckAsync(account, FakeAccount.Trail with { IsOrganizationTrail = true });
        Assert.Equal(["organizations:DescribeOrganization"], health.MissingPermissions);
        Assert.DoesNotContain(health.Cause, f => f.Id == "LD0078");
    }

    [Fact]
    public async Task The_keys_of_a_Region_have_its_name_and_the_arn_the_home_Region_s()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused }, region: "eu-west-1");
        Assert.Contains(health.Rows, r => r.Resource.Contains("/CloudTrail/eu-west-1/", StringComparison.Ordinal));
        Assert.All(health.Rows, r => Assert.Equal(Verdict.Allowed, r.VerdictValue));
    }

    [Fact]
    public async Task Another_leg_s_error_leaves_the_bucket_alone()
    {
        var account = new FakeAccount
        {
            Status = (_, _) => FakeAccount.Healthy with { LatestNotificationError = "AuthorizationError" },
            TopicPolicy = () => Readable.Found($$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish","Resource":"{{{TopicArn}}}","Condition":{"StringEquals":{"aws:SourceOwner":"{{{FakeAccount.AccountId}}}"} } }]}"""),
        };
        var health = await CheckAsync(account, FakeAccount.Trail with { SnsTopicArn = TopicArn });
        Assert.Equal("LD0073", Assert.Single(health.Cause).Id);
        Assert.DoesNotContain(account.Calls, c => c.Contains("Bucket", StringComparison.Ordinal));
        Assert.StartsWith("SNS refuses the notifications with AuthorizationError", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_lets_the_trail_publish_is_fine_and_one_that_is_gone_is_not()
    {
        var status = FakeAccount.Healthy with { LatestNotificationError = "AuthorizationError" };
        var trail = FakeAccount.Trail with { SnsTopicArn = TopicArn };
        var good = new FakeAccount
        {
            Status = (_, _) => status,
            TopicPolicy = () => Readable.Found($$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"SNS:Publish","Resource":"{{{TopicArn}}}","Condition":{"StringEquals":{"aws:SourceArn":"{{{FakeAccount.TrailArn}}}"} } }]}"""),
        };
        Assert.Empty((await CheckAsync(good, trail)).Cause);
        Assert.Equal("LD0072", Assert.Single((await CheckAsync(new FakeAccount { Status = (_, _) => status }, trail)).Cause).Id);
    }

    [Fact]
    public async Task A_log_group_and_its_role_are_looked_at()
    {
        var status = FakeAccount.Healthy with { LatestCloudWatchLogsDeliveryError = "AccessDenied" };
        var trail = FakeAccount.Trail with { LogGroupArn = GroupArn, LogGroupRoleArn = RoleArn };
        var gone = await CheckAsync(new FakeAccount { Status = (_, _) => status }, trail);
        Assert.Equal(["LD0074", "LD0075"], gone.Cause.Select(f => f.Id));

        const string Write = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:us-east-1:111122223333:log-group:audit:log-stream:111122223333_CloudTrail_us-east-1*"}]}""";
        FakeAccount With(string service, string policy) => new()
        {
            Status = (_, _) => status,
            LogGroup = () => Readable.Found(new LogGroup(GroupArn[..^2], "audit", null)),
            Role = () => Readable.Found(new RoleDescription(RoleArn, Trust.Replace("cloudtrail.amazonaws.com", service, StringComparison.Ordinal), new Dictionary<string, string> { ["p"] = policy })),
        };
        Assert.Empty((await CheckAsync(With("cloudtrail.amazonaws.com", Write), trail)).Cause);

        var trust = Assert.Single((await CheckAsync(With("ec2.amazonaws.com", Write), trail)).Cause);
        Assert.Equal(("LD0076", FindingSeverity.Blocks), (trust.Id, trust.SeverityValue));

        var write = (await CheckAsync(With("cloudtrail.amazonaws.com", Write.Replace("logs:PutLogEvents", "logs:GetLogEvents", StringComparison.Ordinal)), trail)).Cause;
        Assert.Equal(("LD0076", FindingSeverity.Blocks), (Assert.Single(write).Id, write[0].SeverityValue));
        Assert.Contains("logs:PutLogEvents", write[0].Evidence, StringComparison.Ordinal);
    }

    public static TheoryData<string, string?, string?, bool> ManagedPolicies => new()
    {
        // attached, boundary, inline, refused
        { ActionsOf("Allow"), null, null, false },
        { ActionsOf("Allow"), null, ActionsOf("Deny"), true },
        { ActionsOf("Deny"), null, ActionsOf("Allow"), true },
        { ActionsOf("Allow"), ActionsOf("Allow"), null, false },
        { ActionsOf("Allow"), ActionsOf("Allow", "s3:*"), null, true },
        { ActionsOf("Allow", "s3:*"), ActionsOf("Allow"), null, true },
        { "no policy", null, null, false },
    };

    [Theory]
    [MemberData(nameof(ManagedPolicies))]
    public async Task Managed_policies_and_a_boundary_of_the_log_group_s_role_are_judged_too(string attached, string? boundary, string? inline, bool isRefused)
    {
        var health = await CheckRoleAsync(new RoleDescription(RoleArn, Trust, inline is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["p"] = inline })
        {
            AttachedPolicies = Readable.Found<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["arn:aws:iam::111122223333:policy/a"] = attached }),
            PermissionsBoundary = boundary is null ? Readable.Missing<string>() : Readable.Found(boundary),
        });
        Assert.Equal(isRefused ? ["LD0076", "LD0076"] : [], health.Cause.Select(f => f.Id));
        Assert.All(health.Cause, f => Assert.Equal(FindingSeverity.Blocks, f.SeverityValue));
    }

    [Fact]
    public async Task Managed_policies_that_may_not_be_read_are_no_reason_to_call_the_role_wrong()
    {
        var health = await CheckRoleAsync(new RoleDescription(RoleArn, Trust, new Dictionary<string, string>())
        {
            AttachedPolicies = Readable.Unreadable<IReadOnlyDictionary<string, string>>(FakeAccount.Denied("iam:ListAttachedRolePolicies")),
        });
        Assert.Empty(health.Cause);
        Assert.Equal(["iam:ListAttachedRolePolicies"], health.MissingPermissions);
    }

    [Fact]
    public async Task What_cannot_be_asked_now_does_not_hide_the_state()
    {
        var health = await CheckAsync(new FakeAccount
        {
            Status = (_, _) => Refused,
            Place = () => throw new AwsCallException(AwsErrorKind.Timeout, "Timeout", "s3:HeadBucket got no answer in time from us-east-1."),
        });
        Assert.Equal(TrailDeliveryState.Failing, health.StateValue);
        Assert.Contains("s3:HeadBucket got no answer in time", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_none_is_said_to_be_unreadable()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused, Policy = () => Readable.Found("{}") });
        Assert.Contains($"The policy of {FakeAccount.Bucket} cannot be read", health.Explanation, StringComparison.Ordinal);
        Assert.All(health.Rows, r => Assert.Equal(Verdict.Unknown, r.VerdictValue));
    }

    [Fact]
    public async Task A_trail_with_a_malformed_configuration_is_still_reported()
    {
        var health = await CheckAsync(new FakeAccount { Status = (_, _) => Refused }, FakeAccount.Trail with { BucketName = "x" });
        Assert.Equal(TrailDeliveryState.Failing, health.StateValue);
        Assert.Contains("cannot be judged", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_many_trails_share_is_read_once()
    {
        var account = new FakeAccount { Status = (_, _) => Refused };
        var check = new TrailHealthCheck(account, null, new StoppedClock());
        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => check.CheckAsync(
            FakeAccount.Trail with { TrailArn = $"{FakeAccount.TrailArn}-{n}", Name = $"audit-{n}" }, "us-east-1", TestContext.Current.CancellationToken)));
        Assert.Single(account.Calls, c => c.StartsWith("HeadBucket", StringComparison.Ordinal));
        Assert.Single(account.Calls, c => c.StartsWith("GetBucketPolicy", StringComparison.Ordinal));
    }

    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private static string ActionsOf(string effect, string action = "logs:*")
        => $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Action":"{{{action}}}","Resource":"*"}}""";

    private static Task<TrailDeliveryHealth> CheckRoleAsync(RoleDescription role)
        => CheckAsync(
            new FakeAccount
            {
                Status = (_, _) => FakeAccount.Healthy with { LatestCloudWatchLogsDeliveryError = "AccessDenied" },
                LogGroup = () => Readable.Found(new LogGroup(GroupArn[..^2], "audit", null)),
                Role = () => Readable.Found(role),
            },
            FakeAccount.Trail with { LogGroupArn = GroupArn, LogGroupRoleArn = RoleArn });

    private static Task<TrailDeliveryHealth> CheckAsync(FakeAccount account, TrailConfiguration? trail = null, string region = "us-east-1", bool detailed = false)
        => new TrailHealthCheck(account, new() { Detailed = detailed }, new StoppedClock()).CheckAsync(trail ?? FakeAccount.Trail, region, TestContext.Current.CancellationToken);
}
