using System.Text.Json.Nodes;
using LogDelivery.Alarms;

namespace LogDelivery.Templates;

/// <summary>
/// The part of a template that sends notifications: a metric filter on a log group, an alarm on its metric, a topic that
/// only this alarm may publish to, and a subscription. Source: CloudWatch user guide, Notify_Users_Alarm_Changes.
/// </summary>
internal static class FilterAlarm
{
    private const string AlarmArn = "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${AlarmName}";

    /// <summary>Adds filter, alarm, topic and subscription.</summary>
    /// <param name="template">The template.</param>
    /// <param name="preset">The preset whose alarm it is.</param>
    /// <param name="logGroup">The log group's name in the template.</param>
    /// <param name="pattern">The filter pattern: a text, or one that is put together.</param>
    /// <param name="email">The address by default.</param>
    /// <param name="otherAlarms">The suffixes of the names of further alarms that notify the topic.</param>
    public static void AddTo(TemplateBuilder template, AlarmPreset preset, string logGroup, JsonNode pattern, string? email, params string[] otherAlarms)
        => template
            .Parameter("AlarmName", "The name of the alarm, its metric filter and its metric.", $"LogDelivery-{preset.Id}", new JsonObject { ["AllowedPattern"] = "^[A-Za-z0-9._-]{1,200}$" })
            .Parameter("NotificationEmail", "An e-mail address to notify; it must confirm the message that SNS sends. Empty for none.", email ?? string.Empty)
            .Condition("HasEmail", Cfn.IsNotEmpty("NotificationEmail"))
            .Resource("MetricFilter", Cfn.Resource("AWS::Logs::MetricFilter", new JsonObject
            {
                ["LogGroupName"] = Cfn.Ref(logGroup),
                ["FilterName"] = Cfn.Ref("AlarmName"),
                ["FilterPattern"] = pattern,
                ["MetricTransformations"] = new JsonArray(new JsonObject
                {
                    ["MetricNamespace"] = AlarmTags.Namespace,
                    ["MetricName"] = Cfn.Ref("AlarmName"),
                    ["MetricValue"] = "1",
                }),
            }))
            .Resource("Topic", Cfn.Resource("AWS::SNS::Topic", new JsonObject()))
            .Resource("TopicPolicy", TopicPolicy(otherAlarms))
            .Resource("Subscription", Subscription())
            .Resource("Alarm", Alarm(
                preset,
                Cfn.Ref("AlarmName"),
                preset.Summary,
                new JsonObject { ["Namespace"] = AlarmTags.Namespace, ["MetricName"] = Cfn.Ref("AlarmName") },
                TimeSpan.FromMinutes(5),
                "GreaterThanOrEqualToThreshold",
                "notBreaching"))
            .Output("TopicArn", "The topic that the alarms notify.", Cfn.Ref("Topic"))
            .Output("AlarmName", "The alarm.", Cfn.Ref("Alarm"));

    /// <summary>An alarm on the sum of a metric. Its tag names the preset; only its stack removes the alarm.</summary>
    public static JsonObject Alarm(AlarmPreset preset, JsonNode name, string description, JsonObject metric, TimeSpan period, string comparison, string missingData)
    {
        var properties = new JsonObject { ["AlarmName"] = name, ["AlarmDescription"] = description };
        foreach (var (key, value) in metric)
        {
            properties[key] = value?.DeepClone();
        }

        properties["Statistic"] = "Sum";
        properties["Period"] = (int)period.TotalSeconds;
        properties["EvaluationPeriods"] = 1;
        properties["Threshold"] = 1;
        properties["ComparisonOperator"] = comparison;
        properties["TreatMissingData"] = missingData;
        properties["AlarmActions"] = new JsonArray(Cfn.Ref("Topic"));
        properties["Tags"] = new JsonArray(new JsonObject { ["Key"] = AlarmTags.Preset, ["Value"] = preset.Id });
        return Cfn.Resource("AWS::CloudWatch::Alarm", properties);
    }

    private static JsonObject TopicPolicy(string[] otherAlarms) => Cfn.Resource("AWS::SNS::TopicPolicy", new JsonObject
    {
        ["Topics"] = new JsonArray(Cfn.Ref("Topic")),
        ["PolicyDocument"] = Cfn.Policy(Cfn.Allow("AlarmPublishes", "cloudwatch.amazonaws.com", "sns:Publish", Cfn.Ref("Topic"), new JsonObject
        {
            ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = new JsonArray([Cfn.Sub(AlarmArn), .. otherAlarms.Select(end => Cfn.Sub(AlarmArn + end))]) },
            ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = Cfn.Ref("AWS::AccountId") },
        })),
    });

    private static JsonObject Subscription()
    {
        var subscription = Cfn.Resource("AWS::SNS::Subscription", new JsonObject
        {
            ["TopicArn"] = Cfn.Ref("Topic"),
            ["Protocol"] = "email",
            ["Endpoint"] = Cfn.Ref("NotificationEmail"),
        });
        subscription["Condition"] = "HasEmail";
        return subscription;
    }
}
