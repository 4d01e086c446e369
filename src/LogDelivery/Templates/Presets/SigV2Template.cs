using System.Text.Json.Nodes;
using LogDelivery.Alarms;

namespace LogDelivery.Templates.Presets;

/// <summary>
/// A trail for the data events of one bucket, an EventBridge rule that selects those signed with Signature Version 2, the
/// log group that the rule writes into, and an alarm on it. Sources: EventBridge user guide, eb-use-resource-based and
/// eb-service-event-cloudtrail.
/// </summary>
internal sealed class SigV2Template : TemplatePreset
{
    private const string LogGroup = "SigV2LogGroup";
    private const string RuleArn = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}";

    public override string Id => "SigV2Use";

    public override string Summary => "A trail with the data events of one bucket, an EventBridge rule that puts requests signed with Signature Version 2 into a log group, and an alarm on them.";

    protected override Template Build(TemplateOptions options)
    {
        var preset = AlarmPresets.Find(Id)!;
        var template = new TemplateBuilder(Summary)
            .Comment(preset.Caveat)
            .Comment($"Cost: {new DataEventCost(null)} Only requests with Signature Version 2 reach the log group here, so its part is smaller.")
            .Comment("Who signs so, with Logs Insights on the log group: stats count(*) by detail.userIdentity.arn, detail.userAgent, detail.requestParameters.bucketName");
        DataEventTrail.AddTo(template, preset.Calls, "logdelivery-sigv2-use", options.Values.BucketName, writesLogGroup: false);
        template
            .Parameter("RuleName", "The name of the EventBridge rule and of its log group.", "logdelivery-sigv2-use", new JsonObject { ["AllowedPattern"] = "^[A-Za-z0-9._-]{1,64}$" })
            .Parameter("LogGroupDays", "After how many days the events in the log group are deleted.", 90, LogGroups.Retention(), "Number")
            .Resource(LogGroup, LogGroups.Resource(Cfn.Sub("/aws/events/${RuleName}")))
            .Resource("SigV2LogGroupPolicy", LogGroupPolicy())
            .Resource("SigV2Rule", Rule())
            .Output("LogGroupName", "The log group with the requests.", Cfn.Ref(LogGroup));
        FilterAlarm.AddTo(template, preset, LogGroup, "{ $.detail.additionalEventData.SignatureVersion = \"SigV2\" }", options.Email);
        return template.Build();
    }

    // EventBridge writes by a policy of CloudWatch Logs, which the console makes by the way and a template has to bring. It
    // names one rule and one log group. In this policy's own syntax it is a text.
    private static JsonObject LogGroupPolicy()
    {
        const string Group = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/events/${RuleName}:*";
        var services = new JsonObject { ["Service"] = new JsonArray("events.amazonaws.com", "delivery.logs.amazonaws.com") };
        var policy = Cfn.Policy(
            new JsonObject
            {
                ["Sid"] = "CreateStream",
                ["Effect"] = "Allow",
                ["Principal"] = services.DeepClone(),
                ["Action"] = "logs:CreateLogStream",
                ["Resource"] = Group,
            },
            new JsonObject
            {
                ["Sid"] = "PutEventsOfTheRule",
                ["Effect"] = "Allow",
                ["Principal"] = services,
                ["Action"] = "logs:PutLogEvents",
                ["Resource"] = Group,
                ["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = RuleArn } },
            });
        return Cfn.Resource("AWS::Logs::ResourcePolicy", new JsonObject
        {
            ["PolicyName"] = Cfn.Sub("${RuleName}-events"),
            ["PolicyDocument"] = Cfn.Sub(policy.ToJsonString(Policies.PolicyJson.Indented)),
        });
    }

    private static JsonObject Rule()
    {
        var rule = Cfn.Resource("AWS::Events::Rule", new JsonObject
        {
            ["Name"] = Cfn.Ref("RuleName"),
            ["Description"] = "Requests for S3 objects that are signed with Signature Version 2.",
            ["State"] = "ENABLED",
            ["EventPattern"] = new JsonObject
            {
                ["source"] = new JsonArray("aws.s3"),
                ["detail-type"] = new JsonArray("AWS API Call via CloudTrail"),
                ["detail"] = new JsonObject
                {
                    ["eventSource"] = new JsonArray("s3.amazonaws.com"),
                    ["requestParameters"] = new JsonObject { ["bucketName"] = new JsonArray(Cfn.Ref("WatchedBucketName")) },
                    ["additionalEventData"] = new JsonObject { ["SignatureVersion"] = new JsonArray("SigV2") },
                },
            },
            ["Targets"] = new JsonArray(new JsonObject
            {
                ["Id"] = "LogGroup",
                ["Arn"] = Cfn.Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${SigV2LogGroup}"),
            }),
        });
        rule["DependsOn"] = "SigV2LogGroupPolicy";
        return rule;
    }
}
