using System.Text.Json.Nodes;
using LogDelivery.Logs.Destinations;
using Xunit;
using static LogDelivery.Tests.Records.Destinations.CallEvents;

namespace LogDelivery.Tests.Records.Destinations;

/// <summary>What is left in the end of many calls, whatever the order of the files.</summary>
public sealed class DestinationHistoryTests
{
    private static readonly DestinationFilter Latest = new();
    private static readonly DestinationFilter All = new() { IncludeAll = true };

    [Fact]
    public void The_last_call_of_a_resource_is_current_whatever_it_is_called_by()
    {
        var found = Find(All, UpdateTrail("b-3", 20, Trail), CreateTrail("b-1"), UpdateTrail("b-2", 10));
        Assert.Equal([("b-1", false), ("b-2", false), ("b-3", true)], found.Select(d => (d.BucketName!, d.IsCurrent)));
        Assert.Equal([(At(10), "cloudtrail:UpdateTrail", User), (At(20), "cloudtrail:UpdateTrail", User)], found.Take(2).Select(d => (d.EndTime!.Value, d.EndAction!, d.EndPrincipal!)));
        Assert.Equal("b-3", Assert.Single(Find(Latest, UpdateTrail("b-3", 20, Trail), CreateTrail("b-1"), UpdateTrail("b-2", 10))).BucketName);
    }

    [Fact]
    public void Files_are_one_history()
    {
        var found = Find(Latest, S3Events.File(UpdateTrail("b-2", 10)), S3Events.Wrapped(CreateTrail("b-1")), S3Events.File(DeleteFlowLog(9, "fl-1")), S3Events.File(CreateFlowLog()));
        Assert.Equal([("vpc-1", false), (Trail, true)], found.Select(d => (d.Resource!, d.IsCurrent)));
        Assert.Equal("b-2", found[1].BucketName);
    }

    [Theory]
    [InlineData("cloudtrail:StopLogging", """{"name":"main"}""")]
    [InlineData("cloudtrail:StopLogging", $$"""{"name":"{{Trail}}"}""")]
    [InlineData("cloudtrail:DeleteTrail", """{"name":"main"}""")]
    public void A_trail_ends(string action, string request)
    {
        var found = Assert.Single(Find(Latest, CreateTrail(), Call(action, request, minute: 5)));
        Assert.Equal((false, At(5), action), (found.IsCurrent, found.EndTime, found.EndAction));
        Assert.True(Assert.Single(Find(Latest, CreateTrail(), Call(action, request, minute: 5, error: "TrailNotFoundException"))).IsCurrent);
    }

    [Fact]
    public void A_trail_that_is_started_again_goes_where_it_went()
    {
        var found = Assert.Single(Find(Latest, CreateTrail(), Call("cloudtrail:StopLogging", """{"name":"main"}""", minute: 5), Call("cloudtrail:StartLogging", """{"name":"main"}""", minute: 6)));
        Assert.Equal((true, null), (found.IsCurrent, found.EndTime));
    }

    [Theory]
    [InlineData("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerName":"c","loadBalancerAttributes":{"accessLog":{"enabled":true,"s3BucketName":"b-1"}}}""", "elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerName":"c","loadBalancerAttributes":{"accessLog":{"enabled":false}}}""")]
    [InlineData("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerName":"c","loadBalancerAttributes":{"accessLog":{"enabled":true,"s3BucketName":"b-1"}}}""", "elasticloadbalancing:DeleteLoadBalancer", """{"loadBalancerName":"c"}""")]
    [InlineData("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.bucket","value":"b-1"}]}""", "elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"false"}]}""")]
    [InlineData("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.bucket","value":"b-1"}]}""", "elasticloadbalancing:DeleteLoadBalancer", """{"loadBalancerArn":"a"}""")]
    [InlineData("s3:PutBucketLogging", """{"bucketName":"s","LoggingEnabled":{"TargetBucket":"b-1"}}""", "s3:PutBucketLogging", """{"bucketName":"s","logging":"","BucketLoggingStatus":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/"}}""")]
    [InlineData("s3:PutBucketLogging", """{"bucketName":"s","LoggingEnabled":{"TargetBucket":"b-1"}}""", "s3:DeleteBucket", """{"bucketName":"s"}""")]
    [InlineData("config:PutDeliveryChannel", """{"deliveryChannel":{"s3BucketName":"b-1"}}""", "config:DeleteDeliveryChannel", """{"deliveryChannelName":"default"}""")]
    [InlineData("wafv2:PutLoggingConfiguration", """{"loggingConfiguration":{"resourceArn":"a","logDestinationConfigs":["arn:aws:s3:::b-1"]}}""", "wafv2:DeleteLoggingConfiguration", """{"resourceArn":"a"}""")]
    [InlineData("network-firewall:UpdateLoggingConfiguration", """{"firewallName":"f","loggingConfiguration":{"logDestinationConfigs":[{"logType":"TLS","logDestination":{"bucketName":"b-1"}}]}}""", "network-firewall:UpdateLoggingConfiguration", """{"firewallName":"f","loggingConfiguration":{"logDestinationConfigs":[]}}""")]
    [InlineData("redshift:EnableLogging", """{"clusterIdentifier":"c","bucketName":"b-1"}""", "redshift:DisableLogging", """{"clusterIdentifier":"c"}""")]
    [InlineData("cloudfront:UpdateDistribution", """{"id":"E1","distributionConfig":{"logging":{"enabled":true,"bucket":"b-1.s3.amazonaws.com"}}}""", "cloudfront:UpdateDistribution", """{"id":"E1","distributionConfig":{"logging":{"enabled":false,"bucket":""}}}""")]
    [InlineData("firehose:CreateDeliveryStream", """{"deliveryStreamName":"s","s3DestinationConfiguration":{"bucketARN":"arn:aws:s3:::b-1"}}""", "firehose:DeleteDeliveryStream", """{"deliveryStreamName":"s"}""")]
    [InlineData("logs:PutDeliveryDestination", """{"name":"d","deliveryDestinationConfiguration":{"destinationResourceArn":"arn:aws:s3:::b-1"}}""", "logs:DeleteDeliveryDestination", """{"name":"d"}""")]
    [InlineData("globalaccelerator:UpdateAcceleratorAttributes", """{"acceleratorArn":"a","flowLogsEnabled":true,"flowLogsS3Bucket":"b-1"}""", "globalaccelerator:UpdateAcceleratorAttributes", """{"acceleratorArn":"a","flowLogsEnabled":false}""")]
    public void What_is_turned_off_or_deleted_ends(string action, string request, string endAction, string endRequest)
    {
        var found = Assert.Single(Find(Latest, Call(action, request), Call(endAction, endRequest, minute: 5)));
        Assert.Equal(("b-1", false, At(5), endAction), (found.BucketName, found.IsCurrent, found.EndTime, found.EndAction));
        Assert.True(Assert.Single(Find(Latest, Call(action, request), Call(endAction, endRequest, minute: 5, error: "AccessDenied")), d => d.ErrorCode is null).IsCurrent);
    }

    [Theory]
    [InlineData("route53resolver:CreateResolverQueryLogConfig", """{"name":"n","destinationArn":"arn:aws:s3:::b-1"}""", """{"resolverQueryLogConfig":{"id":"rqlc-1"}}""", "route53resolver:DeleteResolverQueryLogConfig", """{"resolverQueryLogConfigId":"rqlc-1"}""")]
    [InlineData("guardduty:CreatePublishingDestination", """{"detectorId":"d","destinationProperties":{"destinationArn":"arn:aws:s3:::b-1"}}""", """{"destinationId":"x"}""", "guardduty:DeletePublishingDestination", """{"detectorId":"d","destinationId":"x"}""")]
    [InlineData("vpc-lattice:CreateAccessLogSubscription", """{"resourceIdentifier":"n","destinationArn":"arn:aws:s3:::b-1"}""", """{"id":"als-1"}""", "vpc-lattice:DeleteAccessLogSubscription", """{"accessLogSubscriptionIdentifier":"arn:aws:vpc-lattice:us-east-1:111122223333:accesslogsubscription/als-1"}""")]
    public void What_has_an_id_ends_by_it(string action, string request, string response, string endAction, string endRequest)
        => Assert.False(Assert.Single(Find(Latest, Call(action, request, response), Call(endAction, endRequest, minute: 5))).IsCurrent);

    [Fact]
    public void Flow_logs_stand_beside_each_other()
    {
        var found = Find(Latest, CreateFlowLog("b-1"), CreateFlowLog("b-2", 5, id: "fl-2"));
        Assert.Equal([("b-1", true), ("b-2", true)], found.Select(d => (d.BucketName!, d.IsCurrent)));
        Assert.Equal(["b-2"], Find(Latest, CreateFlowLog("b-1"), CreateFlowLog("b-2", 5, id: "fl-2"), DeleteFlowLog(6, "fl-1")).Where(d => d.IsCurrent).Select(d => d.BucketName));
    }

    [Fact]
    public void Flow_logs_of_one_call_end_with_the_last_of_them()
    {
        var two = Call("ec2:CreateFlowLogs", """{"CreateFlowLogsRequest":{"ResourceId":[{"content":"vpc-1"},{"content":"vpc-2"}],"LogDestination":"arn:aws:s3:::b-1"}}""", """{"CreateFlowLogsResponse":{"flowLogIdSet":{"item":[{"content":"fl-1"},{"content":"fl-2"}]}}}""");
        Assert.All(Find(Latest, two, DeleteFlowLog(5, "fl-1")), d => Assert.True(d.IsCurrent));
        Assert.All(Find(Latest, two, DeleteFlowLog(5, "fl-1"), DeleteFlowLog(6, "fl-2")), d => Assert.Equal(At(6), d.EndTime));
        Assert.All(Find(Latest, two, DeleteFlowLog(5, "fl-1", "fl-2")), d => Assert.Equal(At(5), d.EndTime));
    }

    [Fact]
    public void What_an_update_does_not_name_stays()
    {
        var found = Find(
            Latest,
            Call("cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1","s3KeyPrefix":"p"}"""),
            Call("cloudtrail:UpdateTrail", """{"name":"main","s3KeyPrefix":"q"}""", minute: 5),
            Call("firehose:CreateDeliveryStream", """{"deliveryStreamName":"s","extendedS3DestinationConfiguration":{"roleARN":"r","bucketARN":"arn:aws:s3:::b-2","prefix":"p/"}}""", minute: 6),
            Call("firehose:UpdateDestination", """{"deliveryStreamName":"s","extendedS3DestinationUpdate":{"bucketARN":"arn:aws:s3:::b-3"}}""", minute: 7),
            Call("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.bucket","value":"b-4"},{"key":"access_logs.s3.prefix","value":"p"}]}""", minute: 8),
            Call("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"false"}]}""", minute: 9),
            Call("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.prefix","value":""}]}""", minute: 10));
        Assert.Equal([("b-1", "q"), ("b-3", "p/"), ("b-4", null)], found.Select(d => (d.BucketName, d.KeyPrefix)));
        Assert.Equal("r", found[1].RoleArn);
        Assert.All(found, d => Assert.True(d.IsCurrent));
    }

    [Fact]
    public void An_update_of_something_else_tells_where_a_trail_of_before_goes()
    {
        var update = Call("cloudtrail:UpdateTrail", """{"name":"main","isMultiRegionTrail":true}""", $$"""{"s3BucketName":"b-1","trailARN":"{{Trail}}"}""", 5);
        var found = Assert.Single(Find(All, update));
        Assert.Equal(("b-1", true, true, null), (found.BucketName, found.IsCurrent, found.WasSetBefore, found.Principal));
        Assert.False(Assert.Single(Find(All, CreateTrail("b-1"), update)).WasSetBefore);
        Assert.Equal([("b-0", false), ("b-1", true)], Find(All, CreateTrail("b-0"), update).Select(d => (d.BucketName!, d.IsCurrent)));
    }

    [Fact]
    public void Deliveries_move_with_their_delivery_destination()
    {
        static JsonObject Destination(string bucket, int minute) => Call("logs:PutDeliveryDestination", $$$"""{"name":"d","deliveryDestinationConfiguration":{"destinationResourceArn":"arn:aws:s3:::{{{bucket}}}"}}""", minute: minute);
        var create = Call("logs:CreateDelivery", $$"""{"deliverySourceName":"s","deliveryDestinationArn":"arn:aws:logs:us-east-1:{{Account}}:delivery-destination:d"}""", """{"delivery":{"id":"d-1"}}""", 1);
        var delivery = Assert.Single(Find(Latest, Destination("b-1", 0), create, Destination("b-2", 5)), d => d.Resource == "s");
        Assert.Equal(("b-2", true, At(5), "logs:PutDeliveryDestination"), (delivery.BucketName, delivery.IsCurrent, delivery.Time, delivery.Action));
        Assert.False(Assert.Single(Find(Latest, Destination("b-1", 0), create, Destination("b-2", 5), Call("logs:DeleteDelivery", """{"id":"d-1"}""", minute: 6)), d => d.Resource == "s").IsCurrent);
    }

    [Fact]
    public void Refused_calls_are_shown_until_one_succeeds()
    {
        static JsonObject Refused(int minute) => Call("cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1"}""", minute: minute, error: "InsufficientS3BucketPolicyException");
        var refused = Assert.Single(Find(Latest, Refused(0), Refused(1), Refused(2)));
        Assert.Equal((At(2), "LD0151"), (refused.Time, Assert.Single(refused.Findings).Id));
        Assert.Null(Assert.Single(Find(Latest, Refused(0), CreateTrail(minute: 5))).ErrorCode);
        var all = Find(All, Refused(0), CreateTrail(minute: 5));
        Assert.Equal(2, all.Count);
        Assert.Empty(all[0].Findings);
        Assert.Equal(2, Find(Latest, CreateTrail(), Call("cloudtrail:UpdateTrail", """{"name":"main","s3BucketName":"b-2"}""", minute: 6, error: "S3BucketDoesNotExistException")).Count);
    }

    [Fact]
    public void An_event_that_several_trails_have_counts_once()
    {
        var record = CreateFlowLog();
        Assert.Single(Find(All, S3Events.File(record, (JsonObject)record.DeepClone()), S3Events.Wrapped((JsonObject)record.DeepClone())));
        Assert.Equal(2, Find(All, CreateTrail(), CreateTrail()).Count);
    }

    [Fact]
    public void After_leaves_out_and_Before_takes_as_not_made()
    {
        JsonObject[] calls = [CreateTrail("b-1"), UpdateTrail("b-2", 10), CreateFlowLog("b-3", 5)];
        Assert.Equal(["b-2"], Find(new DestinationFilter { After = At(6) }, calls).Select(d => d.BucketName));
        Assert.Equal(["b-1", "b-2"], Find(new DestinationFilter { After = At(6), IncludeAll = true }, calls).Select(d => d.BucketName));
        var before = Find(new DestinationFilter { Before = At(10) }, calls);
        Assert.Equal([("b-1", true), ("b-3", true)], before.Select(d => (d.BucketName!, d.IsCurrent)));
        Assert.Equal(["VpcFlowLogs"], Find(new DestinationFilter { Sources = ["vpcflowlogs"] }, calls).Select(d => d.Source));
    }

    [Fact]
    public void Resources_of_other_accounts_and_Regions_are_others()
    {
        var elsewhere = CreateFlowLog("b-2", 5);
        elsewhere["awsRegion"] = "eu-west-1";
        var channel = Call("config:PutDeliveryChannel", """{"deliveryChannel":{"name":"default","s3BucketName":"b-1"}}""");
        var other = Call("config:PutDeliveryChannel", """{"deliveryChannel":{"name":"default","s3BucketName":"b-2"}}""", minute: 5, change: e => e["recipientAccountId"] = "444455556666");
        Assert.Equal([("b-1", true), ("b-1", true), ("b-2", true), ("b-2", true)], Find(All, CreateFlowLog("b-1"), elsewhere, channel, other).Select(d => (d.BucketName!, d.IsCurrent)));
    }

    [Fact]
    public void A_trail_of_the_organization_belongs_to_the_account_in_its_ARN()
    {
        const string arn = "arn:aws:cloudtrail:eu-west-1:444455556666:trail/org";
        var found = Assert.Single(Find(All, Call("cloudtrail:UpdateTrail", $$"""{"name":"{{arn}}","s3BucketName":"b-1"}""")));
        Assert.Equal(("444455556666", "eu-west-1", arn), (found.AccountId, found.Region, found.SourceArn));
    }
}
