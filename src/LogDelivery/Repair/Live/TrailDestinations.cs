using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Roles;
using LogDelivery.Sources;
using LogDelivery.Trails;

namespace LogDelivery.Repair;

/// <summary>
/// The calls that a trail makes besides writing to its bucket: to the topic, and to the log group by a role. They are
/// planned and proven like those of the catalog. Sources: CloudTrail user guide,
/// cloudtrail-permissions-for-sns-notifications and cloudtrail-required-policy-for-cloudwatch-logs.
/// </summary>
internal static class TrailDestinations
{
    /// <summary>The name of the policy that a repair adds to a role; those that are there stay as they are.</summary>
    public const string RolePolicyName = "LogDeliveryCloudTrail";

    private static readonly RequestPrincipal Service = RequestPrincipal.Service(TrailContext.Service);

    /// <summary>The call that notifies a topic of a delivery.</summary>
    public static RequiredCall Notification(Delivery delivery, string topicArn)
    {
        var trail = delivery.SourceArn!;
        var grant = new Grant(PolicyTarget.Topic, "AWSCloudTrailSNSPolicy", Service, ["SNS:Publish"], topicArn, [new("StringEquals", "aws:SourceArn", [trail])], false);
        return new(delivery, PolicyTarget.Topic, "notification", new(Service, "SNS:Publish", topicArn, TrailContext.Of(trail)), grant, null);
    }

    /// <summary>The call that assumes the role of the log group.</summary>
    public static RequiredCall Assume(Delivery delivery, string roleArn)
    {
        var grant = new Grant(PolicyTarget.RoleTrust, "AWSCloudTrailAssumeRole", Service, ["sts:AssumeRole"], roleArn, [], false);
        return new(delivery, PolicyTarget.RoleTrust, "role of the log group", new(Service, "sts:AssumeRole", roleArn, TrailContext.Of(delivery.SourceArn!)), grant, null);
    }

    /// <summary>The calls that the role makes to the log group.</summary>
    public static IReadOnlyList<RequiredCall> Streams(Delivery delivery, string roleArn, string logGroupArn)
    {
        // CloudTrail names its streams after the account and the Region.
        var group = logGroupArn.EndsWith(":*", StringComparison.Ordinal) ? logGroupArn[..^2] : logGroupArn;
        var stream = $"{group}:log-stream:{delivery.AccountId}_CloudTrail_{delivery.Region}";
        var role = RequestPrincipal.Aws(roleArn);
        var grant = new Grant(PolicyTarget.Role, "AWSCloudTrailLogStreams", role, ["logs:CreateLogStream", "logs:PutLogEvents"], $"{stream}*", [], false);
        return [.. grant.Actions.Select(a => new RequiredCall(delivery, PolicyTarget.Role, "log group", new(role, a, stream, RequestContext.Empty), grant, null))];
    }

    /// <summary>Plans the trust policy of a role.</summary>
    public static PlannedPolicy PlanTrust(string? text, RequiredCall call, CancellationToken cancellationToken = default)
        => Plan(text, PolicyTarget.RoleTrust, [call], cancellationToken);

    /// <summary>Plans one policy of a role.</summary>
    public static PlannedPolicy PlanRole(string? text, IReadOnlyList<RequiredCall> calls, CancellationToken cancellationToken = default)
        => Plan(text, PolicyTarget.Role, calls, cancellationToken);

    /// <summary>Parses a policy of a role; a missing policy has no statements.</summary>
    public static PolicyDocument DocumentOf(string? text, PolicyTarget target)
        => text is null ? PolicyDocument.Empty(PolicyRepair.KindOf(target)) : PolicyDocument.Parse(text, PolicyRepair.KindOf(target));

    private static PlannedPolicy Plan(string? text, PolicyTarget target, IReadOnlyList<RequiredCall> calls, CancellationToken cancellationToken)
    {
        var plan = PolicyRepair.Plan(DocumentOf(text, target), target, calls, cancellationToken);
        return new(plan, plan.HasChanges ? plan.After.Text : text);
    }

    /// <summary>Evaluates calls against a document.</summary>
    public static IReadOnlyList<CallResult> Judge(PolicyDocument document, IEnumerable<RequiredCall> calls) => [.. calls.Select(call =>
    {
        var explanation = document.Explain(call.Request);
        var verdict = explanation.IsRefused && explanation.Verdict == Verdict.Unknown ? Verdict.ImplicitDeny : explanation.Verdict;
        return new CallResult(call, verdict, explanation, explanation.Reason, []);
    })];

    /// <summary>Evaluates the calls of a role against all of its policies, with this text as the policy that a repair may write.</summary>
    public static IReadOnlyList<CallResult> Judge(RoleDescription role, string? ownText, IEnumerable<RequiredCall> calls)
    {
        var inline = role.InlinePolicies.Where(p => p.Key != RolePolicyName).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        if (ownText is not null)
        {
            inline[RolePolicyName] = ownText;
        }

        return
        [
            .. calls.Select(call =>
            {
                var verdict = RolePolicies.Judge(role with { InlinePolicies = inline }, call.Request.Action, call.Request.Resource);
                return new CallResult(call, verdict, null, $"The policies of {role.Arn} together: {verdict}.", []);
            }),
        ];
    }
}
