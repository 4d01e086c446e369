using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.Services.S3;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>
/// The checks that CloudTrail makes before it accepts a trail's configuration. Source: CloudTrail API reference,
/// CreateTrail, and the errors of the service model.
/// </summary>
internal sealed class TrailPreflight(SandboxState state)
{
    private const int MaxPrefixLength = 200;

    public void Check(SandboxTrail trail)
    {
        CheckNames(trail);
        if (!state.Buckets.TryGetValue(trail.BucketName, out var bucket))
        {
            throw new ApiException("S3BucketDoesNotExistException", $"S3 bucket {trail.BucketName} does not exist!");
        }

        CheckOrganization(trail);
        CheckKey(trail, bucket);
        CheckBucketPolicy(trail);
        CheckTopic(trail);
        CheckLogGroup(trail);
    }

    /// <summary>Finds the key of a trail as it was named.</summary>
    public KmsKey FindKey(SandboxTrail trail, string name)
    {
        var isArn = Arn.TryParse(name, out var arn);
        if ((isArn && arn.Service != "kms") || name.AsSpan().ContainsAny(' ', '\n', '"'))
        {
            throw new ApiException("InvalidKmsKeyIdException", $"The KMS key ID {name} is not valid.");
        }

        var account = isArn ? arn.AccountId : trail.Account;
        var region = isArn ? arn.Region : state.Buckets.TryGetValue(trail.BucketName, out var bucket) ? bucket.Region : trail.HomeRegion;
        return state.AccountOf(account).FindKey(name, region)
            ?? throw new ApiException("KmsKeyNotFoundException", $"Unable to find the KMS key {name}, or the key and the S3 bucket are not in the same Region.");
    }

    private static void CheckNames(SandboxTrail trail)
    {
        if (!BucketNames.IsValid(trail.BucketName))
        {
            throw new ApiException("InvalidS3BucketNameException", $"Bucket name {trail.BucketName} is not valid: 3 to 63 lowercase letters, numbers, periods and hyphens.");
        }

        if (trail.KeyPrefix is { } prefix && (prefix.Length > MaxPrefixLength || prefix.Contains("AWSLogs/", StringComparison.Ordinal) || prefix == "AWSLogs"))
        {
            throw new ApiException("InvalidS3PrefixException", prefix.Length > MaxPrefixLength ? $"S3 prefix is longer than maximum length: {MaxPrefixLength}" : "S3 prefix must not contain AWSLogs/.");
        }
    }

    private void CheckOrganization(SandboxTrail trail)
    {
        if (!trail.IsOrganizationTrail)
        {
            return;
        }

        if (state.Organization is not { } organization || !organization.Contains(trail.Account))
        {
            throw new ApiException("OrganizationsNotInUseException", "Your account is not a member of an organization.");
        }

        if (organization.ManagementAccount != trail.Account)
        {
            throw new ApiException("NotOrganizationMasterAccountException", "Only the management account or delegated administrator account of an organization can create an organization trail.");
        }
    }

    private void CheckKey(SandboxTrail trail, Bucket bucket)
    {
        if (trail.KmsKeyArn is null)
        {
            return;
        }

        var key = FindKey(trail, trail.KmsKeyArn);
        if (key.Region != bucket.Region)
        {
            throw new ApiException("KmsKeyNotFoundException", $"The KMS key {key.Arn} and the S3 bucket {bucket.Name} are not in the same Region.");
        }

        if (key.KeyState != "Enabled")
        {
            throw new ApiException("KmsException", $"{key.Arn} is {(key.KeyState == "Disabled" ? "disabled" : "pending deletion")}.");
        }
    }

    private void CheckBucketPolicy(SandboxTrail trail)
    {
        var route = new DeliveryRoute(TrailDelivery.DeliveryOf(state, trail));
        var writes = trail.IsOrganizationTrail ? new[] { "log file", "organization log file" } : ["log file"];
        foreach (var write in writes)
        {
            route.Refresh(state);
            var sample = route.FindWrite(write)?.Request.Resource ?? string.Empty;
            if (route.Judge(state, write, sample[(sample.IndexOf('/', StringComparison.Ordinal) + 1)..]) is not null)
            {
                throw trail.KmsKeyArn is not null && AllowsWithoutKey(trail, write, sample)
                    ? new ApiException("InsufficientEncryptionPolicyException", $"Insufficient permissions to access S3 bucket {trail.BucketName} or KMS key {trail.KmsKeyArn}.")
                    : new ApiException("InsufficientS3BucketPolicyException", $"Incorrect S3 bucket policy is detected for bucket: {trail.BucketName}");
            }
        }
    }

    private bool AllowsWithoutKey(SandboxTrail trail, string write, string sample)
        => new DeliveryRoute(TrailDelivery.DeliveryOf(state, trail) with { KmsKeyArn = null }).Judge(state, write, sample[(sample.IndexOf('/', StringComparison.Ordinal) + 1)..]) is null;

    private void CheckTopic(SandboxTrail trail)
    {
        if (trail.TopicArn is null)
        {
            return;
        }

        switch (TrailDelivery.TopicProblem(state, trail.TopicArn, trail.Arn, trail.Account))
        {
            case null:
                break;
            case "NotFound":
                throw new ApiException("InvalidSnsTopicNameException", $"SNS Topic does not exist or the topic policy is incorrect: {trail.TopicArn}");
            default:
                throw new ApiException("InsufficientSnsTopicPolicyException", "SNS Topic does not exist or the topic policy is incorrect!");
        }
    }

    private void CheckLogGroup(SandboxTrail trail)
    {
        if (trail.LogGroupArn is null && trail.LogGroupRoleArn is null)
        {
            return;
        }

        var groupName = Arn.TryParse(trail.LogGroupArn, out var group) && group.Resource.StartsWith("log-group:", StringComparison.Ordinal)
            ? group.Resource["log-group:".Length..].TrimEnd('*').TrimEnd(':')
            : null;
        if (groupName is null || !state.AccountOf(group.AccountId).LogGroups.ContainsKey($"{group.Region}/{groupName}"))
        {
            throw new ApiException("InvalidCloudWatchLogsLogGroupArnException", "CloudTrail cannot validate the specified log group ARN.");
        }

        if (trail.LogGroupRoleArn is null || state.FindRole(trail.LogGroupRoleArn) is null)
        {
            throw new ApiException("InvalidCloudWatchLogsRoleArnException", "Access denied. Verify in IAM that the role has adequate permissions.");
        }
    }
}
