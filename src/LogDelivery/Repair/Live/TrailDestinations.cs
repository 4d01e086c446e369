using System.Text.Json.Nodes;
using LogDelivery.Diagnosis;
using LogDelivery.Health;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// The calls that a trail makes beside writing to its bucket: to the topic, and to the log group by a role. They are planned
/// and proven as those of the catalog.
/// Sources: CloudTrail user guide, cloudtrail-permissions-for-sns-notifications and
/// cloudtrail-required-policy-for-cloudwatch-logs.
/// </summary>
internal static class TrailDestinations
{
    /// <summary>The name of the policy that a repair adds to a role; those that are there stay as they are.</summary>
    public const string RolePolicyName = "LogDeliveryCloudTrail";

    private static readonly RequestPrincipal Service = RequestPrincipal.Service(TrailContext.Service);

    /// <summary>The call that tells a topic of a delivery.</summary>
    public static RequiredCall Notification(Delivery delivery, string topicArn)
    {
        var trail = delivery.SourceArn!;
        var grant = new Grant(PolicyTarget.Topic, "AWSCloudTrailSNSPolicy", Service, ["SNS:Publish"], topicArn, [new("StringEquals", "aws:SourceArn", [trail])], false);
        return new(delivery, PolicyTarget.Topic, "notification", new(Service, "SNS:Publish", topicArn, TrailContext.Of(trail)), grant, null);
    }

    /// <summary>The call that takes on the role of the log group.</summary>
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

    /// <summary>Plans the trust policy of a role, in which statements name no resource.</summary>
    public static PlannedPolicy PlanTrust(string? text, RequiredCall call)
    {
        var plan = PolicyRepair.Plan(Complete(text, "Resource", call.Request.Resource), PolicyTarget.RoleTrust, [call]);
        return new(plan, plan.HasChanges ? AddTo(text, call.Grant, "Resource") : text);
    }

    /// <summary>Plans one policy of a role, in which statements name no principal.</summary>
    public static PlannedPolicy PlanRole(string? text, IReadOnlyList<RequiredCall> calls)
    {
        var plan = PolicyRepair.Plan(Complete(text, "Principal", calls[0].Request.Principal.Id), PolicyTarget.Role, calls);
        return new(plan, plan.HasChanges ? AddTo(text, calls[0].Grant, "Principal") : text);
    }

    /// <summary>A role's document with what its place makes clear put in, so that it can be judged as any other.</summary>
    public static PolicyDocument Complete(string? text, string element, string value)
    {
        var document = JsonNode.Parse(text ?? """{"Version":"2012-10-17","Statement":[]}""")!.AsObject();
        if (document["Statement"] is JsonObject only)
        {
            document["Statement"] = new JsonArray(only.DeepClone());
        }

        foreach (var statement in document["Statement"]!.AsArray().OfType<JsonObject>())
        {
            statement[element] = element == "Principal" ? new JsonObject { ["AWS"] = value } : value;
        }

        return PolicyDocument.Parse(document.ToJsonString(PolicyJson.Compact), PolicyKind.Any);
    }

    // The text of other statements stays as it is.
    private static string AddTo(string? text, Grant grant, string without)
    {
        var statement = grant.ToJsonNode();
        statement.Remove(without);
        if (text is null)
        {
            return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) }.ToJsonString(PolicyJson.Compact);
        }

        if (without == "Resource")
        {
            var document = PolicyDocument.Parse(text, PolicyKind.Any);
            statement["Sid"] = PolicyEditor.FreeSid(document, grant.Sid);
            return PolicyEditor.AddStatement(document, statement).Text;
        }

        // A policy of ours from an earlier run: nobody else's statements are in it.
        var own = JsonNode.Parse(text)!.AsObject();
        var list = own["Statement"] as JsonArray ?? new JsonArray(own["Statement"]?.DeepClone());
        statement["Sid"] = $"{grant.Sid}{list.Count + 1}";
        list.Add(statement);
        own["Statement"] = list.Parent is null ? list : own["Statement"];
        return own.ToJsonString(PolicyJson.Compact);
    }

    /// <summary>What a document says of calls.</summary>
    public static IReadOnlyList<CallResult> Judge(PolicyDocument document, IEnumerable<RequiredCall> calls) => [.. calls.Select(call =>
    {
        var explanation = document.Explain(call.Request);
        var verdict = explanation.IsRefused && explanation.Verdict == Verdict.Unknown ? Verdict.ImplicitDeny : explanation.Verdict;
        return new CallResult(call, verdict, explanation, explanation.Reason, []);
    })];

    /// <summary>What all policies of a role say of its calls when the one that a repair may write has this text.</summary>
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
