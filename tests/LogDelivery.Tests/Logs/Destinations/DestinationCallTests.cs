using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogDelivery.Logs.Destinations;
using Xunit;
using static LogDelivery.Tests.Logs.Destinations.CallEvents;

namespace LogDelivery.Tests.Logs.Destinations;

/// <summary>What each API does to a destination, by the members of its request and response.</summary>
public sealed partial class DestinationCallTests
{
    private const string Lb = $"arn:aws:elasticloadbalancing:us-east-1:{Account}:loadbalancer/";
    private const string Key = $"arn:aws:kms:us-east-1:{Account}:key/11112222-3333-4444-5555-666677778888";

    /// <summary>Action, request, response; then source, resource, bucket, prefix.</summary>
    public static TheoryData<string, string, string, string, string?, string?, string?> Pointings => new()
    {
        { "cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1","s3KeyPrefix":"p"}""", $$"""{"trailARN":"{{Trail}}"}""", "CloudTrail", Trail, "b-1", "p" },
        { "cloudtrail:CreateTrail", """{"Name":"main","S3BucketName":"b-1"}""", "null", "CloudTrail", "main", "b-1", null },
        { "cloudtrail:UpdateTrail", $$"""{"name":"{{Trail}}","s3BucketName":"b-2"}""", "null", "CloudTrail", Trail, "b-2", null },
        { "ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceType":"VPC","ResourceId":{"tag":1,"content":"vpc-1"},"LogDestinationType":"s3","LogDestination":"arn:aws:s3:::b-1/net/"}}""", "null", "VpcFlowLogs", "vpc-1", "b-1", "net" },
        { "ec2:CreateFlowLogs", """{"createFlowLogsRequest":{"resourceType":"Subnet","resourceId":"subnet-1","logDestination":"arn:aws:s3:::b-1"}}""", "null", "VpcFlowLogs", "subnet-1", "b-1", null },
        { "ec2:CreateFlowLogs", """{"resourceIds":["tgw-1"],"resourceType":"TransitGateway","logDestinationType":"s3","logDestination":"arn:aws-cn:s3:::b-1/a/b"}""", "null", "TransitGatewayFlowLogs", "tgw-1", "b-1", "a/b" },
        { "elasticloadbalancing:ModifyLoadBalancerAttributes", $$"""{"loadBalancerArn":"{{Lb}}app/a/1","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.bucket","value":"b-1"},{"key":"access_logs.s3.prefix","value":"p"}]}""", "null", "AlbAccessLogs", $"{Lb}app/a/1", "b-1", "p" },
        { "elasticloadbalancing:ModifyLoadBalancerAttributes", $$"""{"loadBalancerArn":"{{Lb}}net/a/1","attributes":[{"key":"access_logs.s3.enabled","value":"true"}]}""", """{"attributes":[{"key":"access_logs.s3.bucket","value":"b-1"},{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.prefix","value":""}]}""", "NlbAccessLogs", $"{Lb}net/a/1", "b-1", null },
        { "elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerName":"classic","loadBalancerAttributes":{"accessLog":{"enabled":true,"s3BucketName":"b-1","s3BucketPrefix":"p","emitInterval":60}}}""", "null", "ClbAccessLogs", "classic", "b-1", "p" },
        { "s3:PutBucketLogging", """{"bucketName":"source","logging":"","BucketLoggingStatus":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","LoggingEnabled":{"TargetBucket":"b-1","TargetPrefix":"logs/"}}}""", "null", "S3AccessLogs", "source", "b-1", "logs/" },
        { "s3:PutBucketInventoryConfiguration", """{"bucketName":"source","id":"daily","InventoryConfiguration":{"Id":"daily","IsEnabled":true,"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::b-1","Prefix":"inv"}}}}""", "null", "S3Inventory", "source", "b-1", "inv" },
        { "s3:PutStorageLensConfiguration", """{"storagelensid":"lens","StorageLensConfiguration":{"Id":"lens","DataExport":{"S3BucketDestination":{"Arn":"arn:aws:s3:::b-1","Prefix":"p"}}}}""", "null", "StorageLens", "lens", "b-1", "p" },
        { "config:PutDeliveryChannel", """{"deliveryChannel":{"name":"default","s3BucketName":"b-1","s3KeyPrefix":"p"}}""", "null", "Config", "default", "b-1", "p" },
        { "wafv2:PutLoggingConfiguration", """{"loggingConfiguration":{"resourceArn":"arn:aws:wafv2:us-east-1:111122223333:regional/webacl/a/1","logDestinationConfigs":["arn:aws:s3:::aws-waf-logs-b/p"]}}""", "null", "Waf", "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/a/1", "aws-waf-logs-b", "p" },
        { "network-firewall:UpdateLoggingConfiguration", """{"firewallName":"fw","loggingConfiguration":{"logDestinationConfigs":[{"logType":"FLOW","logDestinationType":"S3","logDestination":{"bucketName":"b-1","prefix":"p"}}]}}""", "null", "NetworkFirewall", "fw", "b-1", "p" },
        { "route53resolver:CreateResolverQueryLogConfig", """{"name":"dns","destinationArn":"arn:aws:s3:::b-1/dns"}""", """{"resolverQueryLogConfig":{"id":"rqlc-1","arn":"arn:aws:route53resolver:us-east-1:111122223333:resolver-query-log-config/rqlc-1"}}""", "ResolverQueryLogs", "arn:aws:route53resolver:us-east-1:111122223333:resolver-query-log-config/rqlc-1", "b-1", "dns" },
        { "redshift:EnableLogging", """{"clusterIdentifier":"dw","bucketName":"b-1","s3KeyPrefix":"p/"}""", "null", "RedshiftAudit", "dw", "b-1", "p/" },
        { "logs:PutDeliveryDestination", """{"name":"dest","deliveryDestinationConfiguration":{"destinationResourceArn":"arn:aws:s3:::b-1/p"}}""", """{"deliveryDestination":{"arn":"arn:aws:logs:us-east-1:111122223333:delivery-destination:dest"}}""", "VendedLogsV2", "arn:aws:logs:us-east-1:111122223333:delivery-destination:dest", "b-1", "p" },
        { "logs:CreateExportTask", """{"logGroupName":"app","destination":"b-1","destinationPrefix":"exp","from":0,"to":1}""", """{"taskId":"t-1"}""", "CloudWatchLogsExport", "app", "b-1", "exp" },
        { "cloudfront:CreateDistribution", """{"distributionConfig":{"origins":{"items":[{"id":"o"}]},"logging":{"enabled":true,"includeCookies":false,"bucket":"b-1.s3.amazonaws.com","prefix":"cdn"}}}""", """{"distribution":{"id":"E1","aRN":"arn:aws:cloudfront::111122223333:distribution/E1"}}""", "CloudFrontLegacy", "arn:aws:cloudfront::111122223333:distribution/E1", "b-1", "cdn" },
        { "cloudfront:CreateDistributionWithTags", """{"distributionConfigWithTags":{"distributionConfig":{"logging":{"enabled":true,"bucket":"my.s3.b.s3.eu-west-1.amazonaws.com"}}}}""", """{"distribution":{"id":"E1"}}""", "CloudFrontLegacy", "E1", "my.s3.b", null },
        { "cloudfront:UpdateDistribution", """{"id":"E1","ifMatch":"x"}""", """{"distribution":{"id":"E1","distributionConfig":{"logging":{"enabled":true,"bucket":"b-1.s3.amazonaws.com","prefix":""}}}}""", "CloudFrontLegacy", "E1", "b-1", null },
        { "firehose:CreateDeliveryStream", """{"deliveryStreamName":"st","extendedS3DestinationConfiguration":{"roleARN":"arn:aws:iam::111122223333:role/r","bucketARN":"arn:aws:s3:::b-1","prefix":"y=!{timestamp:yyyy}/"}}""", "null", "Firehose", "st", "b-1", "y=!{timestamp:yyyy}/" },
        { "firehose:UpdateDestination", """{"deliveryStreamName":"st","s3DestinationUpdate":{"bucketARN":"arn:aws:s3:::b-1"}}""", "null", "Firehose", "st", "b-1", null },
        { "globalaccelerator:UpdateAcceleratorAttributes", """{"acceleratorArn":"arn:aws:globalaccelerator::111122223333:accelerator/a","flowLogsEnabled":true,"flowLogsS3Bucket":"b-1","flowLogsS3Prefix":"p"}""", "null", "GlobalAccelerator", "arn:aws:globalaccelerator::111122223333:accelerator/a", "b-1", "p" },
        { "kafka:CreateClusterV2", """{"clusterName":"c","provisioned":{"loggingInfo":{"brokerLogs":{"s3":{"bucket":"b-1","enabled":true,"prefix":"p"}}}}}""", """{"clusterArn":"arn:aws:kafka:us-east-1:111122223333:cluster/c/1"}""", "MskBrokerLogs", "arn:aws:kafka:us-east-1:111122223333:cluster/c/1", "b-1", "p" },
        { "vpc-lattice:CreateAccessLogSubscription", """{"resourceIdentifier":"sn-1","destinationArn":"arn:aws:s3:::b-1/p"}""", """{"id":"als-1"}""", "VpcLattice", "sn-1", "b-1", "p" },
        { "ec2:ModifyVerifiedAccessInstanceLoggingConfiguration", """{"ModifyVerifiedAccessInstanceLoggingConfigurationRequest":{"VerifiedAccessInstanceId":"vai-1","AccessLogs":{"S3":{"Enabled":true,"BucketName":"b-1","Prefix":"p"}}}}""", "null", "VerifiedAccess", "vai-1", "b-1", "p" },
        { "ec2:CreateSpotDatafeedSubscription", """{"bucket":"b-1","prefix":"p"}""", "null", "SpotDataFeed", null, "b-1", "p" },
        { "guardduty:CreatePublishingDestination", """{"detectorId":"d1","destinationType":"S3","destinationProperties":{"destinationArn":"arn:aws:s3:::b-1/p"}}""", """{"destinationId":"x"}""", "GuardDuty", "d1", "b-1", "p" },
        { "macie2:PutClassificationExportConfiguration", """{"configuration":{"s3Destination":{"bucketName":"b-1","keyPrefix":"p"}}}""", "null", "Macie", null, "b-1", "p" },
        { "inspector2:CreateFindingsReport", """{"s3Destination":{"bucketName":"b-1","keyPrefix":"p"},"reportFormat":"CSV"}""", """{"reportId":"r"}""", "Inspector", null, "b-1", "p" },
        { "bedrock:PutModelInvocationLoggingConfiguration", """{"loggingConfig":{"s3Config":{"bucketName":"b-1","keyPrefix":"p"}}}""", "null", "BedrockInvocation", null, "b-1", "p" },
        { "cur:PutReportDefinition", """{"reportDefinition":{"reportName":"r","s3Bucket":"b-1","s3Prefix":"p"}}""", "null", "CostAndUsageReport", "r", "b-1", "p" },
        { "bcm-data-exports:CreateExport", """{"export":{"name":"e","destinationConfigurations":{"s3Destination":{"s3Bucket":"b-1","s3Prefix":"p"}}}}""", "null", "DataExports", "e", "b-1", "p" },
        { "compute-optimizer:ExportEC2InstanceRecommendations", """{"s3DestinationConfig":{"bucket":"b-1","keyPrefix":"p"}}""", """{"jobId":"j"}""", "ComputeOptimizer", null, "b-1", "p" },
        { "ses:CreateReceiptRule", """{"ruleSetName":"s","rule":{"name":"r","enabled":true,"actions":[{"stopAction":{}},{"s3Action":{"bucketName":"b-1","objectKeyPrefix":"p"}}]}}""", "null", "Ses", "r", "b-1", "p" },
        { "ssm:CreateResourceDataSync", """{"syncName":"s","s3Destination":{"bucketName":"b-1","prefix":"p"}}""", "null", "SsmDataSync", "s", "b-1", "p" },
    };

    [Theory]
    [MemberData(nameof(Pointings))]
    public void A_call_says_what_delivers_and_where_to(string action, string request, string response, string source, string? resource, string? bucket, string? prefix)
    {
        var found = Assert.Single(FindAll(Call(action, request, response)));
        Assert.Equal((source, resource, bucket, prefix), (found.Source, found.Resource, found.BucketName, found.KeyPrefix));
        Assert.Equal((action, User, Account, "us-east-1"), (found.Action, found.Principal, found.AccountId, found.Region));
        Assert.Equal((At(0), DateTimeKind.Utc, "trail.json", DeliveryEvidence.CloudTrail), (found.Time, found.Time.Kind, found.File, found.EvidenceValue));
        Assert.True(found.IsCurrent);
        Assert.Null(found.ErrorCode);
    }

    [Theory]
    [MemberData(nameof(Pointings))]
    public void A_refused_call_is_told_with_all_that_it_asked_for(string action, string request, string response, string source, string? resource, string? bucket, string? prefix)
    {
        // Only the request is there then; what the response alone told is not.
        var found = FindAll(Call(action, request, "null", error: "AccessDenied", change: e => e["errorMessage"] = "no"));
        if (found.Count == 0)
        {
            Assert.Contains("distribution", response, StringComparison.Ordinal);
            return;
        }

        var refused = Assert.Single(found);
        Assert.Equal((source, "AccessDenied", "no", false), (refused.Source, refused.ErrorCode, refused.ErrorMessage, refused.IsCurrent));
        Assert.Contains(refused.BucketName, new[] { bucket, null });
        Assert.Contains(refused.KeyPrefix, new[] { prefix, null });
        Assert.NotEqual(string.Empty, resource);
    }

    [Theory]
    [MemberData(nameof(Pointings))]
    public void Wrong_types_and_missing_parameters_break_nothing(string action, string request, string response, string source, string? resource, string? bucket, string? prefix)
    {
        foreach (var odd in new[] { "null", "\"text\"", "[]", "7", "{}", "{\"name\":{}}", Scramble(request) })
        {
            Assert.All(FindAll(Call(action, odd, response), Call(action, odd, odd)), d => Assert.True(d.BucketName is null || d.BucketName == bucket, $"{source} {resource} {prefix}: {d.BucketName}"));
        }
    }

    [Fact]
    public void The_page_of_calls_lists_each_of_them_and_no_other()
    {
        var listed = ActionInPage().Matches(File.ReadAllText(Page())).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(DestinationCalls.All.Select(c => $"{c.Service}:{c.Name}").Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void Keys_roles_and_layouts_come_with_it()
    {
        Assert.Equal(Key, Assert.Single(FindAll(Call("cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1","kmsKeyId":"alias/x"}""", $$"""{"trailARN":"{{Trail}}","kmsKeyId":"{{Key}}","isOrganizationTrail":true}"""))).KmsKeyId);
        Assert.True(Assert.Single(FindAll(Call("cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1","isOrganizationTrail":true}"""))).IsOrganizationTrail);
        Assert.Equal(Key, Assert.Single(FindAll(Call("config:PutDeliveryChannel", $$$"""{"deliveryChannel":{"s3BucketName":"b-1","s3KmsKeyArn":"{{{Key}}}"}}"""))).KmsKeyId);
        var stream = Assert.Single(FindAll(Call("firehose:CreateDeliveryStream", $$$$$"""{"deliveryStreamName":"st","extendedS3DestinationConfiguration":{"roleARN":"arn:aws:iam::111122223333:role/r","bucketARN":"arn:aws:s3:::b-1","encryptionConfiguration":{"kMSEncryptionConfig":{"aWSKMSKeyARN":"{{{{{Key}}}}}"}}}}""")));
        Assert.Equal((Key, "arn:aws:iam::111122223333:role/r"), (stream.KmsKeyId, stream.RoleArn));
        Assert.True(Assert.Single(FindAll(Call("ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceId":"vpc-1","LogDestination":"arn:aws:s3:::b-1","DestinationOptions":{"HiveCompatiblePartitions":"true"}}}"""))).HiveCompatiblePartitions);
        Assert.True(Assert.Single(FindAll(Call("s3:PutBucketLogging", """{"bucketName":"s","BucketLoggingStatus":{"LoggingEnabled":{"TargetBucket":"b-1","TargetPrefix":"","TargetObjectKeyFormat":{"PartitionedPrefix":{"PartitionDateSource":"EventTime"}}}}}"""))).PartitionedPrefix);
    }

    [Theory]
    [InlineData("cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1"}""", Trail)]
    [InlineData("s3:PutBucketLogging", """{"bucketName":"source","LoggingEnabled":{"TargetBucket":"b-1"}}""", "arn:aws:s3:::source")]
    [InlineData("logs:CreateExportTask", """{"logGroupName":"app","destination":"b-1"}""", $"arn:aws:logs:us-east-1:{Account}:log-group:app")]
    [InlineData("guardduty:CreatePublishingDestination", """{"detectorId":"d1","destinationProperties":{"destinationArn":"arn:aws:s3:::b-1"}}""", $"arn:aws:guardduty:us-east-1:{Account}:detector/d1")]
    public void The_source_ARN_is_made_where_its_form_is_documented(string action, string request, string arn)
        => Assert.Equal(arn, Assert.Single(FindAll(Call(action, request))).SourceArn);

    [Fact]
    public void A_delivery_has_its_resource_and_bucket_from_the_calls_that_name_them()
    {
        var distribution = $"arn:aws:cloudfront::{Account}:distribution/E1";
        var found = FindAll(
            Call("logs:PutDeliverySource", $$"""{"name":"src","resourceArn":"{{distribution}}","logType":"ACCESS_LOGS"}"""),
            Call("logs:PutDeliveryDestination", """{"name":"dest","deliveryDestinationConfiguration":{"destinationResourceArn":"arn:aws:s3:::amzn-s3-demo-bucket/cdn"}}""", minute: 1),
            Call("logs:CreateDelivery", $$$"""{"deliverySourceName":"src","deliveryDestinationArn":"arn:aws:logs:us-east-1:{{{Account}}}:delivery-destination:dest","s3DeliveryConfiguration":{"enableHiveCompatiblePath":true}}""", """{"delivery":{"id":"d-1"}}""", 2));
        var delivery = found[1];
        Assert.Equal(("CloudFrontV2", distribution, "ACCESS_LOGS", Bucket, "cdn", true), (delivery.Source, delivery.Resource, delivery.LogType, delivery.BucketName, delivery.KeyPrefix, delivery.HiveCompatiblePartitions));
        Assert.Equal($"arn:aws:logs:us-east-1:{Account}:delivery-source:src", delivery.SourceArn);
    }

    [Theory]
    [InlineData("ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceId":"vpc-1","LogDestinationType":"cloud-watch-logs","LogDestination":"arn:aws:logs:us-east-1:111122223333:log-group:flow"}}""", "arn:aws:logs:us-east-1:111122223333:log-group:flow")]
    [InlineData("ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceId":"vpc-1","LogGroupName":"flow-logs"}}""", "flow-logs")]
    [InlineData("ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceId":"vpc-1","LogDestinationType":"kinesis-data-firehose","LogDestination":"arn:aws:firehose:us-east-1:111122223333:deliverystream/s"}}""", "arn:aws:firehose:us-east-1:111122223333:deliverystream/s")]
    [InlineData("wafv2:PutLoggingConfiguration", """{"loggingConfiguration":{"resourceArn":"a","logDestinationConfigs":["arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-s"]}}""", "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-s")]
    [InlineData("network-firewall:UpdateLoggingConfiguration", """{"firewallName":"fw","loggingConfiguration":{"logDestinationConfigs":[{"logType":"ALERT","logDestination":{"logGroup":"fw"}}]}}""", "fw")]
    [InlineData("redshift:EnableLogging", """{"clusterIdentifier":"dw","logDestinationType":"cloudwatch","logExports":["userlog"]}""", "cloudwatch")]
    [InlineData("route53resolver:CreateResolverQueryLogConfig", """{"name":"dns","destinationArn":"arn:aws:logs:us-east-1:111122223333:log-group:dns:*"}""", "arn:aws:logs:us-east-1:111122223333:log-group:dns:*")]
    [InlineData("s3:PutStorageLensConfiguration", """{"storagelensid":"l","StorageLensConfiguration":{"DataExport":{"S3BucketDestination":{"Arn":"arn:aws:s3:us-east-1:111122223333:accesspoint/a"}}}}""", "arn:aws:s3:us-east-1:111122223333:accesspoint/a")]
    public void A_destination_that_is_no_bucket_is_shown_and_not_judged(string action, string request, string destination)
    {
        var found = Assert.Single(FindAll(Call(action, request)));
        Assert.Equal((destination, null, true), (found.Destination, found.BucketName, found.IsCurrent));
        Assert.Null(found.IsExpected);
        Assert.Empty(found.Findings);
    }

    [Fact]
    public void Each_log_of_a_load_balancer_or_firewall_is_for_itself()
    {
        var found = FindAll(
            Call("elasticloadbalancing:ModifyLoadBalancerAttributes", $$"""{"loadBalancerArn":"{{Lb}}app/a/1","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.bucket","value":"b-1"},{"key":"connection_logs.s3.bucket","value":"b-2"},{"key":"connection_logs.s3.enabled","value":"true"},{"key":"health_check_logs.s3.enabled","value":"false"}]}"""),
            Call("network-firewall:UpdateLoggingConfiguration", """{"firewallArn":"f","loggingConfiguration":{"logDestinationConfigs":[{"logType":"ALERT","logDestination":{"bucketName":"b-3"}},{"logType":"FLOW","logDestination":{"bucketName":"b-4"}}]}}"""));
        Assert.Equal([("access_logs", "b-1"), ("connection_logs", "b-2"), ("ALERT", "b-3"), ("FLOW", "b-4")], found.Select(d => (d.LogType!, d.BucketName!)));
        Assert.All(found, d => Assert.True(d.IsCurrent));
    }

    [Fact]
    public void Streams_tell_of_backups_and_of_the_buckets_before_other_services()
    {
        var found = FindAll(
            Call("firehose:CreateDeliveryStream", """{"deliveryStreamName":"a","extendedS3DestinationConfiguration":{"bucketARN":"arn:aws:s3:::b-1","s3BackupMode":"Enabled","s3BackupConfiguration":{"bucketARN":"arn:aws:s3:::b-2"}}}"""),
            Call("firehose:CreateDeliveryStream", """{"deliveryStreamName":"b","splunkDestinationConfiguration":{"s3Configuration":{"bucketARN":"arn:aws:s3:::b-3","prefix":"failed/"}}}"""));
        Assert.Equal([(null, "b-1"), ("backup", "b-2"), ("splunk", "b-3")], found.Select(d => (d.LogType, d.BucketName)));
    }

    [Fact]
    public void Of_several_flow_logs_in_one_call_each_is_told_also_the_refused_one()
    {
        var found = FindAll(Call(
            "ec2:CreateFlowLogs",
            """{"CreateFlowLogsRequest":{"ResourceType":"VPC","ResourceId":[{"tag":1,"content":"vpc-1"},{"tag":2,"content":"vpc-2"},{"tag":3,"content":"vpc-3"}],"LogDestinationType":"s3","LogDestination":"arn:aws:s3:::amzn-s3-demo-bucket"}}""",
            """{"CreateFlowLogsResponse":{"flowLogIdSet":{"item":["fl-1","fl-2"]},"unsuccessful":{"item":{"resourceId":"vpc-2","error":{"code":"FlowLogAlreadyExists","message":"There is one."}}}}}"""));
        Assert.Equal([("vpc-1", true), ("vpc-2", false), ("vpc-3", true)], found.Select(d => (d.Resource!, d.IsCurrent)));
        Assert.Equal(("FlowLogAlreadyExists", "There is one."), (found[1].ErrorCode, found[1].ErrorMessage));
        Assert.Equal(["fl-1", "fl-2"], found[0].ConfigurationIds);
        Assert.Equal("LD0151", Assert.Single(found[1].Findings).Id);
    }

    [Fact]
    public void A_trial_run_is_none_and_a_call_of_another_service_neither()
    {
        Assert.Empty(FindAll(Call("ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceId":"vpc-1","LogDestination":"arn:aws:s3:::b-1"}}""", error: "Client.DryRunOperation")));
        Assert.Empty(FindAll(Call("example:CreateTrail", """{"name":"main","s3BucketName":"b-1"}""")));
        Assert.Empty(FindAll(Call("cloudtrail:DescribeTrails", """{"name":"main","s3BucketName":"b-1"}""")));
        Assert.Empty(FindAll(Call("cloudfront:CreateDistribution", """{"distributionConfig":{"logging":{"enabled":false,"bucket":""}}}""")));
    }

    [Fact]
    public void A_refused_call_without_parameters_still_says_what_was_tried()
    {
        var found = Assert.Single(FindAll(Call("cloudtrail:CreateTrail", error: "AccessDenied")));
        Assert.Equal(("CloudTrail", null, null), (found.Source, found.Resource, found.BucketName));
        Assert.Equal("LD0151", Assert.Single(found.Findings).Id);
        Assert.Empty(FindAll(Call("cloudtrail:UpdateTrail", error: "AccessDenied")));
    }

    [GeneratedRegex("`([a-z0-9-]+:[A-Za-z0-9]+)`")]
    private static partial Regex ActionInPage();

    private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs/concepts/destinations.md"));

    // Every text becomes something that is none.
    private static string Scramble(string request) => Scramble(JsonNode.Parse(request)!).ToJsonString();

    private static JsonNode Scramble(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Select((m, i) => KeyValuePair.Create(m.Key, m.Value is null ? null : (JsonNode?)Scramble(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : Scramble(i))]),
        _ => new JsonArray(7, new JsonObject()),
    };
}
