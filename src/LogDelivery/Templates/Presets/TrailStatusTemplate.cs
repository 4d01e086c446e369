using System.Text.Json.Nodes;
using LogDelivery.Alarms;

namespace LogDelivery.Templates.Presets;

/// <summary>
/// A function that calls GetTrailStatus every five minutes and writes the result to its log group, with an alarm on errors
/// in it and a second one on silence: CloudTrail itself writes no event when it cannot deliver.
/// </summary>
internal sealed class TrailStatusTemplate : TemplatePreset
{
    private const string LogGroup = "StatusLogGroup";
    private const string RuleArn = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/${FunctionName}";

    // "State" is for what is no delivery error and still leaves nothing behind: a stopped trail, a trail that is gone.
    private const string Code = """
        import json
        import os

        import boto3
        from botocore.exceptions import ClientError

        TRAIL = os.environ["TRAIL_ARN"]


        def handler(event, context):
            try:
                status = boto3.client("cloudtrail").get_trail_status(Name=TRAIL)
                status.pop("ResponseMetadata", None)
            except ClientError as error:
                status = {"IsLogging": False, "StatusError": error.response["Error"]["Code"]}
            works = status["IsLogging"] and not status.get("LatestDeliveryError")
            status["State"] = "Healthy" if works else "Failing"
            print(json.dumps({"TrailArn": TRAIL, **status}, default=str))

        """;

    public override string Id => "TrailDeliveryError";

    public override string Summary => "A function that writes the status of one trail into a log group every five minutes, an alarm on delivery errors in it, and one on its silence.";

    protected override Template Build(TemplateOptions options)
    {
        var preset = AlarmPresets.Find(Id)!;
        var template = new TemplateBuilder(Summary)
            .Comment("CloudTrail writes no event when it cannot deliver; only GetTrailStatus reports the error, about five minutes later. The error stays until a delivery succeeds, and so does the alarm.")
            .Comment("Make the stack in the trail's home Region. Other Regions of a multi-Region trail have a status of their own; make a stack in each that matters.")
            .Parameter("WatchedTrailArn", "The ARN of the trail whose status is looked at.", options.TrailArn, new JsonObject { ["AllowedPattern"] = "^arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:[0-9]{12}:trail/[A-Za-z0-9._-]+$" })
            .Parameter("FunctionName", "The name of the function, its rule and its log group.", "logdelivery-trail-status", new JsonObject { ["AllowedPattern"] = "^[A-Za-z0-9_-]{1,64}$" })
            .Parameter("LogGroupDays", "After how many days the answers in the log group are deleted.", 14, LogGroups.Retention(), "Number")
            .Resource(LogGroup, LogGroups.Resource(Cfn.Sub("/aws/lambda/${FunctionName}")))
            .Resource("StatusRole", Role())
            .Resource("StatusFunction", Function())
            .Resource("StatusRule", Rule())
            .Resource("StatusPermission", Permission());
        FilterAlarm.AddTo(template, preset, LogGroup, preset.PatternFor(new()), options.Email, "-Silence");
        return template
            .Resource("SilenceAlarm", FilterAlarm.Alarm(
                preset,
                Cfn.Sub("${AlarmName}-Silence"),
                "The function that checks the trail's status has written nothing for 15 minutes, so the status is not monitored.",
                new JsonObject
                {
                    ["Namespace"] = "AWS/Logs",
                    ["MetricName"] = "IncomingLogEvents",
                    ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "LogGroupName", ["Value"] = Cfn.Ref(LogGroup) }),
                },
                TimeSpan.FromMinutes(15),
                "LessThanThreshold",
                "breaching"))
            .Build();
    }

    private static JsonObject Role() => Cfn.Resource("AWS::IAM::Role", new JsonObject
    {
        ["AssumeRolePolicyDocument"] = Cfn.Trust("lambda.amazonaws.com"),
        ["Policies"] = new JsonArray(new JsonObject
        {
            ["PolicyName"] = "ReadTrailStatus",
            ["PolicyDocument"] = Cfn.Policy(
                Cfn.Allow("ReadTrailStatus", null, "cloudtrail:GetTrailStatus", Cfn.Ref("WatchedTrailArn")),
                Cfn.Allow("WriteStatus", null, new JsonArray("logs:CreateLogStream", "logs:PutLogEvents"), Cfn.Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${FunctionName}:*"))),
        }),
    });

    private static JsonObject Function()
    {
        var function = Cfn.Resource("AWS::Lambda::Function", new JsonObject
        {
            ["FunctionName"] = Cfn.Ref("FunctionName"),
            ["Description"] = "Writes the status of a trail into the log group.",
            ["Runtime"] = "python3.13",
            ["Handler"] = "index.handler",
            ["Timeout"] = 30,
            ["MemorySize"] = 128,
            ["Role"] = Cfn.Attribute("StatusRole", "Arn"),
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["TRAIL_ARN"] = Cfn.Ref("WatchedTrailArn") } },
            ["Code"] = new JsonObject { ["ZipFile"] = Code.ReplaceLineEndings("\n") },
        });
        function["DependsOn"] = LogGroup;
        return function;
    }

    private static JsonObject Rule() => Cfn.Resource("AWS::Events::Rule", new JsonObject
    {
        ["Name"] = Cfn.Ref("FunctionName"),
        ["ScheduleExpression"] = "rate(5 minutes)",
        ["State"] = "ENABLED",
        ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "Status", ["Arn"] = Cfn.Attribute("StatusFunction", "Arn") }),
    });

    private static JsonObject Permission() => Cfn.Resource("AWS::Lambda::Permission", new JsonObject
    {
        ["Action"] = "lambda:InvokeFunction",
        ["FunctionName"] = Cfn.Ref("StatusFunction"),
        ["Principal"] = "events.amazonaws.com",
        ["SourceArn"] = Cfn.Sub(RuleArn),
    });
}
