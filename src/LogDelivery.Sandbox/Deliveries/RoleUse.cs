using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Checks whether services can use the roles between a log group, Firehose and S3.</summary>
internal static class RoleUse
{
    /// <summary>Finds the reason why CloudWatch Logs cannot put records into a stream; <see langword="null"/> when it can.</summary>
    public static string? ProblemOfLogs(SandboxState state, SandboxLogGroup group, string account, string region, string? roleArn, FirehoseStream stream)
    {
        if (roleArn is null || state.FindRole(roleArn) is not { } role)
        {
            return "the role does not exist";
        }

        // Trust policies name the service with or without the Region, and both work.
        string[] names = [$"logs.{region}.amazonaws.com", "logs.amazonaws.com"];
        if (!names.Any(n => IdentityPolicies.Trusts(role, n, Context(n, account, group.Arn))))
        {
            return $"the trust policy of {roleArn} does not allow CloudWatch Logs to assume it";
        }

        return IdentityPolicies.Allow(state, role, OfRole(role, "firehose:PutRecord", stream.Arn))
            ? null
            : $"the policies of {roleArn} do not allow firehose:PutRecord on {stream.Arn}";
    }

    /// <summary>Whether Firehose can take on the role of a stream.</summary>
    public static bool TrustsFirehose(Role role, FirehoseStream stream)
        => IdentityPolicies.Trusts(role, "firehose.amazonaws.com", Context("firehose.amazonaws.com", stream.Account, stream.Arn, ("sts:ExternalId", stream.Account)));

    /// <summary>Whether the role of a stream may do something that no policy of a resource decides.</summary>
    public static bool Allows(SandboxState state, string roleArn, string action, string resource)
        => state.FindRole(roleArn) is { } role && IdentityPolicies.Allow(state, role, OfRole(role, action, resource));

    private static PolicyRequest OfRole(Role role, string action, string resource) => new(RequestPrincipal.Aws(role.Arn), action, resource, new RequestContext(new Dictionary<string, ContextValue>
    {
        ["aws:SecureTransport"] = ContextValue.Of("true"),
        ["aws:PrincipalIsAWSService"] = ContextValue.Of("false"),
        ["aws:PrincipalArn"] = ContextValue.Of(role.Arn),
        ["aws:PrincipalAccount"] = ContextValue.Of(Arn.TryParse(role.Arn, out var arn) ? arn.AccountId : string.Empty),
    }));

    private static RequestContext Context(string service, string account, string sourceArn, params ReadOnlySpan<(string Key, string Value)> others)
    {
        var keys = new Dictionary<string, ContextValue>
        {
            ["aws:SourceArn"] = ContextValue.Of(sourceArn),
            ["aws:SourceAccount"] = ContextValue.Of(account),
            ["aws:SecureTransport"] = ContextValue.Of("true"),
            ["aws:PrincipalIsAWSService"] = ContextValue.Of("true"),
            ["aws:PrincipalServiceName"] = ContextValue.Of(service),
        };
        foreach (var (key, value) in others)
        {
            keys[key] = ContextValue.Of(value);
        }

        return new(keys);
    }
}
