using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Alarms;

/// <summary>Whether an alarm can publish to a topic.</summary>
internal static class TopicCheck
{
    /// <summary>Finds what stops it. What may not be read is no finding.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="alarmArn">The alarm.</param>
    /// <param name="accountId">The account of the alarm.</param>
    public static Finding? Inspect(AlarmTopic topic, string alarmArn, string accountId)
    {
        if (topic.KmsKeyId is { } key && key.EndsWith("alias/aws/sns", StringComparison.Ordinal))
        {
            return AlarmFindings.TopicRefuses(topic.Arn, "It is encrypted with the AWS managed key alias/aws/sns, whose policy does not let CloudWatch in and cannot be changed.");
        }

        if (topic.Policy is not { Length: > 0 } text || !PolicyDocument.TryParse(text, PolicyKind.Any, out var policy, out _)
            || policy is null)
        {
            return null;
        }

        // The policy that SNS gives to new topics speaks of their owner, those that people write of the service.
        var context = new RequestContext(
            new Dictionary<string, ContextValue>
            {
                ["aws:SourceArn"] = ContextValue.Of(alarmArn),
                ["aws:SourceAccount"] = ContextValue.Of(accountId),
                ["aws:SourceOwner"] = ContextValue.Of(accountId),
                ["aws:SecureTransport"] = ContextValue.Of("true"),
                ["aws:PrincipalIsAWSService"] = ContextValue.Of("true"),
            });
        var verdicts = new[] { RequestPrincipal.Service("cloudwatch.amazonaws.com"), RequestPrincipal.Aws(accountId) }
            .Select(p => policy.Explain(new PolicyRequest(p, "sns:Publish", topic.Arn, context)))
            .ToArray();
        return verdicts.Any(v => v.Verdict is Verdict.Allowed or Verdict.Unknown)
            ? null
            : AlarmFindings.TopicRefuses(topic.Arn, verdicts[0].Reason);
    }
}
