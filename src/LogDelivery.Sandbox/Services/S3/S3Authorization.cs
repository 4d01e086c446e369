using LogDelivery.Policies;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>
/// Authorizes callers of the S3 API by the bucket policy: within the owner's account everything that is not denied is
/// allowed, since identities have full permissions there; for another account the policy must allow it.
/// </summary>
internal static class S3Authorization
{
    public static void Check(SandboxState state, ApiRequest request, Bucket bucket, S3Target target)
    {
        // The owner's root user can always replace a policy that locks everybody out.
        if (request.Caller.Arn == $"arn:{SandboxState.PartitionOf(bucket.Region)}:iam::{bucket.Owner}:root" && target.Subresource == "policy")
        {
            return;
        }

        var resource = target.Key.Length == 0 ? bucket.Arn : $"{bucket.Arn}/{target.Key}";
        var action = $"s3:{target.Action}";
        var decision = bucket.Policy.DocumentAt(state.Now).Evaluate(new PolicyRequest(RequestPrincipal.Aws(request.Caller.Arn), action, resource, ContextOf(state, request, bucket)));
        if (decision.Verdict == Verdict.ExplicitDeny)
        {
            throw S3Errors.AccessDenied(request.Caller, action, resource, "with an explicit deny in a resource-based policy");
        }

        if (request.Account != bucket.Owner && decision.Verdict != Verdict.Allowed)
        {
            throw S3Errors.AccessDenied(request.Caller, action, resource, $"because no resource-based policy allows the {action} action");
        }
    }

    private static RequestContext ContextOf(SandboxState state, ApiRequest request, Bucket bucket)
    {
        // The endpoint speaks plain HTTP on the loopback address; to policies it is AWS's, behind TLS.
        var keys = new Dictionary<string, ContextValue>
        {
            ["aws:SecureTransport"] = ContextValue.Of("true"),
            ["aws:SourceIp"] = ContextValue.Of("127.0.0.1"),
            ["aws:PrincipalArn"] = ContextValue.Of(request.Caller.Arn),
            ["aws:PrincipalAccount"] = ContextValue.Of(request.Account),
            ["aws:PrincipalIsAWSService"] = ContextValue.Of("false"),
            ["aws:ViaAWSService"] = ContextValue.Of("false"),
            ["aws:PrincipalType"] = ContextValue.Of(request.Caller.Arn.Contains(":assumed-role/", StringComparison.Ordinal) ? "AssumedRole" : "User"),
            ["aws:ResourceAccount"] = ContextValue.Of(bucket.Owner),
            ["s3:ResourceAccount"] = ContextValue.Of(bucket.Owner),
            ["s3:TlsVersion"] = ContextValue.Of("1.3"),
            ["aws:RequestedRegion"] = ContextValue.Of(bucket.Region),
        };
        if (state.OrganizationOf(request.Account) is { } organization)
        {
            keys["aws:PrincipalOrgID"] = ContextValue.Of(organization);
        }

        if (request.QueryValue("prefix") is { } prefix)
        {
            keys["s3:prefix"] = ContextValue.Of(prefix);
        }

        foreach (var header in new[] { "x-amz-acl", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id" })
        {
            if (request.Header(header) is { } value)
            {
                keys[$"s3:{header}"] = ContextValue.Of(value);
            }
        }

        return new RequestContext(keys);
    }
}
