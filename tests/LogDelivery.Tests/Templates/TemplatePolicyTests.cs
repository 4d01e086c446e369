using LogDelivery.Alarms;
using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Patterns;
using LogDelivery.Policies;
using LogDelivery.Roles;
using LogDelivery.Sources;
using LogDelivery.Templates;
using Xunit;

namespace LogDelivery.Tests.Templates;

/// <summary>The policies that templates bring let in what they are for, and nothing beside it.</summary>
public sealed class TemplatePolicyTests
{
    public static TheoryData<string> WithAlarm => [.. AlarmPresets.All.Select(p => p.Id)];

    public static TheoryData<string> WithTrail => [.. AlarmPresets.All.Select(p => p.Id).Where(id => new DeployedTemplate(id).Has("Trail"))];

    [Fact]
    public void Every_preset_of_alarms_can_be_exported()
        => Assert.Empty(AlarmPresets.All.Select(p => p.Id).Except(TemplatePresets.All.Select(p => p.Id)));

    [Theory]
    [MemberData(nameof(WithTrail))]
    public void The_bucket_policy_lets_the_trail_in_and_has_no_finding(string id)
    {
        var template = new DeployedTemplate(id);
        var result = PolicyTest.Run(Delivery(template.TrailArn), template.Policy("TrailBucketPolicy", PolicyKind.Bucket));
        Assert.True(result.Passes);
        Assert.DoesNotContain(result.AllFindings, f => f.SeverityValue != FindingSeverity.Noise);
    }

    [Theory]
    [MemberData(nameof(WithTrail))]
    public void The_bucket_policy_lets_no_other_trail_in(string id)
    {
        var template = new DeployedTemplate(id);
        var policy = template.Policy("TrailBucketPolicy", PolicyKind.Bucket);
        Assert.True(PolicyTest.Run(Delivery($"{template.TrailArn}2"), policy).Blocks);
        Assert.True(PolicyTest.Run(Delivery(template.TrailArn.Replace(DeployedTemplate.Account, "444455556666", StringComparison.Ordinal)) with { AccountId = "444455556666" }, policy).Blocks);
    }

    [Theory]
    [MemberData(nameof(WithTrail))]
    public void The_trail_records_the_watched_bucket_and_never_its_own(string id)
    {
        var template = new DeployedTemplate(id);
        var selectors = template.Selectors();
        var calls = AlarmPresets.Find(id)!.Calls;
        Assert.Equal(calls != WatchedCalls.Reads, selectors.Records(new("PutObject", $"arn:aws:s3:::{DeployedTemplate.Bucket}/key", false)));
        Assert.Equal(calls != WatchedCalls.Writes, selectors.Records(new("GetObject", $"arn:aws:s3:::{DeployedTemplate.Bucket}/key", true)));
        Assert.False(selectors.Records(new("PutObject", $"{template.Value("TrailBucket.Arn")}/key", false)));
        Assert.False(selectors.Records(new("PutObject", $"arn:aws:s3:::{DeployedTemplate.Bucket}2/key", false)));
    }

    [Theory]
    [MemberData(nameof(WithAlarm))]
    public void The_topic_hears_its_own_alarms_only(string id)
    {
        var template = new DeployedTemplate(id);
        var policy = template.Policy("TopicPolicy");
        foreach (var alarm in template.OfType("AWS::CloudWatch::Alarm"))
        {
            Assert.Equal(Verdict.Allowed, Publish(template, policy, (string)alarm["AlarmName"]!));
        }

        Assert.NotEqual(Verdict.Allowed, Publish(template, policy, "another"));
        Assert.NotEqual(Verdict.Allowed, Publish(template, policy, template.Value("AlarmName"), "444455556666"));
        Assert.NotEqual(Verdict.Allowed, Publish(template, policy, template.Value("AlarmName"), service: "events.amazonaws.com"));
    }

    [Theory]
    [MemberData(nameof(WithAlarm))]
    public void The_filter_decides_the_samples_of_its_preset(string id)
    {
        var values = new PresetValues { BucketName = id == "TrailDeliveryError" ? null : DeployedTemplate.Bucket, LargerThan = 4096, VpcEndpointIds = ["vpce-1a2b3c4d"] };
        var template = new DeployedTemplate(id, new() { Values = values });
        var pattern = FilterPattern.Parse((string)template.Properties("MetricFilter")["FilterPattern"]!);
        var samples = AlarmPresets.Find(id)!.SamplesFor(values);
        if (id == "SigV2Use")
        {
            // The log group of the rule holds what EventBridge wraps, of the one bucket.
            samples = [.. samples.Where(s => s.Name.EndsWith("by EventBridge", StringComparison.Ordinal))];
        }

        Assert.NotEmpty(samples);
        Assert.All(samples, s => Assert.True(pattern.Matches(s.Message) == s.IsFailure, s.Name));
    }

    [Theory]
    [MemberData(nameof(WithAlarm))]
    public void Each_alarm_can_fire(string id)
    {
        var template = new DeployedTemplate(id);
        var filter = template.Properties("MetricFilter")["MetricTransformations"]![0]!;
        var alarm = template.Properties("Alarm");
        Assert.Equal(((string?)filter["MetricNamespace"], (string?)filter["MetricName"]), ((string?)alarm["Namespace"], (string?)alarm["MetricName"]));
        Assert.Equal(("Sum", 300L, 1L, "GreaterThanOrEqualToThreshold", "notBreaching"), ((string)alarm["Statistic"]!, (long)alarm["Period"]!, (long)alarm["Threshold"]!, (string)alarm["ComparisonOperator"]!, (string)alarm["TreatMissingData"]!));
    }

    [Theory]
    [InlineData("DeliveryFailure")]
    [InlineData("LargeDownload")]
    [InlineData("OutsideVpcEndpoint")]
    public void The_role_of_the_trail_writes_into_its_log_group_only(string id)
    {
        var template = new DeployedTemplate(id);
        var role = RoleOf(template, "TrailRole");
        var group = $"arn:aws:logs:{DeployedTemplate.Region}:{DeployedTemplate.Account}:log-group:{template.Value("TrailLogGroup")}";
        var stream = $"log-stream:{DeployedTemplate.Account}_CloudTrail_{DeployedTemplate.Region}";
        foreach (var action in new[] { "logs:CreateLogStream", "logs:PutLogEvents" })
        {
            Assert.Equal(Verdict.Allowed, RolePolicies.Judge(role, action, $"{group}:{stream}_2"));
            Assert.Equal(Verdict.ImplicitDeny, RolePolicies.Judge(role, action, $"{group}-2:{stream}"));
            Assert.Equal(Verdict.ImplicitDeny, RolePolicies.Judge(role, action, $"{group}:log-stream:other"));
        }

        Assert.Equal(Verdict.ImplicitDeny, RolePolicies.Judge(role, "logs:DeleteLogGroup", group));
        Assert.True(RolePolicies.Trusts(role.TrustPolicy, role.Arn, "cloudtrail.amazonaws.com", new([], ContextValue.Absent)));
        Assert.False(RolePolicies.Trusts(role.TrustPolicy, role.Arn, "lambda.amazonaws.com", new([], ContextValue.Absent)));
    }

    [Fact]
    public void The_role_of_the_status_function_reads_the_status_of_one_trail()
    {
        var template = new DeployedTemplate("TrailDeliveryError");
        var role = RoleOf(template, "StatusRole");
        Assert.Equal(Verdict.Allowed, RolePolicies.Judge(role, "cloudtrail:GetTrailStatus", DeployedTemplate.WatchedTrail));
        Assert.Equal(Verdict.ImplicitDeny, RolePolicies.Judge(role, "cloudtrail:GetTrailStatus", $"{DeployedTemplate.WatchedTrail}2"));
        Assert.Equal(Verdict.ImplicitDeny, RolePolicies.Judge(role, "cloudtrail:StopLogging", DeployedTemplate.WatchedTrail));
        Assert.Equal((string?)template.Properties("StatusPermission")["SourceArn"], $"arn:aws:events:{DeployedTemplate.Region}:{DeployedTemplate.Account}:rule/{template.Properties("StatusRule")["Name"]}");
    }

    [Fact]
    public void The_log_group_of_the_rule_takes_the_events_of_that_rule_only()
    {
        var template = new DeployedTemplate("SigV2Use");
        var policy = template.Policy("SigV2LogGroupPolicy");
        var rule = $"arn:aws:events:{DeployedTemplate.Region}:{DeployedTemplate.Account}:rule/{template.Value("RuleName")}";
        var stream = $"arn:aws:logs:{DeployedTemplate.Region}:{DeployedTemplate.Account}:log-group:{template.Value("SigV2LogGroup")}:log-stream:x";
        Assert.Equal($"arn:aws:logs:{DeployedTemplate.Region}:{DeployedTemplate.Account}:log-group:{template.Value("SigV2LogGroup")}", (string?)template.Properties("SigV2Rule")["Targets"]![0]!["Arn"]);
        Assert.StartsWith("/aws/events/", template.Value("SigV2LogGroup"), StringComparison.Ordinal);
        Assert.Equal(Verdict.Allowed, Put(policy, stream, rule));
        Assert.Equal(Verdict.ImplicitDeny, Put(policy, stream, $"{rule}2"));
        Assert.Equal(Verdict.ImplicitDeny, Put(policy, stream.Replace("/aws/events/", "/aws/", StringComparison.Ordinal), rule));
    }

    [Fact]
    public void What_is_asked_for_becomes_the_defaults_of_the_parameters()
    {
        var template = new DeployedTemplate("LargeDownload", new() { Values = new() { BucketName = "amzn-s3-demo-other", LargerThan = 5 }, Email = "audit@example.com" });
        var parameters = template.Document["Parameters"]!;
        Assert.Equal("amzn-s3-demo-other", (string?)parameters["WatchedBucketName"]!["Default"]);
        Assert.Equal(5, (long)parameters["LargerThan"]!["Default"]!);
        Assert.Equal("audit@example.com", (string?)parameters["NotificationEmail"]!["Default"]);
        Assert.Null(new DeployedTemplate("LargeDownload").Document["Parameters"]!["WatchedBucketName"]!["Default"]);
    }

    [Fact]
    public void What_would_break_out_of_a_pattern_is_refused()
    {
        var preset = TemplatePresets.Find("outsidevpcendpoint")!;
        Assert.Throws<InvalidAlarmException>(() => preset.Create(new() { Values = new() { BucketName = "a\") || ($.a = \"b" } }));
        Assert.Throws<InvalidAlarmException>(() => preset.Create(new() { Values = new() { VpcEndpointIds = ["vpce-1\""] } }));
        Assert.Throws<InvalidAlarmException>(() => preset.Create(new() { Email = "nobody" }));
        Assert.Throws<InvalidAlarmException>(() => preset.Create(new() { TrailArn = "management" }));
    }

    private static Delivery Delivery(string trailArn) => new()
    {
        Source = SourceCatalog.Find("CloudTrail")!,
        BucketName = "amzn-s3-demo-trail-bucket",
        AccountId = DeployedTemplate.Account,
        Region = DeployedTemplate.Region,
        SourceArn = trailArn,
        Bucket = new() { AccountId = DeployedTemplate.Account, Region = DeployedTemplate.Region, Encryption = BucketEncryption.SseS3, ObjectOwnership = ObjectOwnership.BucketOwnerEnforced },
    };

    private static Verdict Publish(DeployedTemplate template, PolicyDocument policy, string alarm, string account = DeployedTemplate.Account, string service = "cloudwatch.amazonaws.com")
    {
        var context = new RequestContext(
            new Dictionary<string, ContextValue>
            {
                ["aws:SourceArn"] = ContextValue.Of($"arn:aws:cloudwatch:{DeployedTemplate.Region}:{account}:alarm:{alarm}"),
                ["aws:SourceAccount"] = ContextValue.Of(account),
            },
            ContextValue.Absent);
        return policy.Evaluate(new(RequestPrincipal.Service(service), "sns:Publish", template.Value("Topic"), context)).Verdict;
    }

    private static Verdict Put(PolicyDocument policy, string resource, string rule)
    {
        var context = new RequestContext(new Dictionary<string, ContextValue> { ["aws:SourceArn"] = ContextValue.Of(rule) }, ContextValue.Absent);
        return policy.Evaluate(new(RequestPrincipal.Service("events.amazonaws.com"), "logs:PutLogEvents", resource, context)).Verdict;
    }

    private static RoleDescription RoleOf(DeployedTemplate template, string name)
    {
        var role = template.Properties(name);
        var policy = role["Policies"]![0]!;
        return new(
            template.Value($"{name}.Arn"),
            role["AssumeRolePolicyDocument"]!.ToJsonString(),
            new Dictionary<string, string> { [(string)policy["PolicyName"]!] = policy["PolicyDocument"]!.ToJsonString() });
    }
}
