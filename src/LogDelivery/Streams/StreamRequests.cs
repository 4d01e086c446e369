using System.Globalization;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Streams;

/// <summary>A call that a link of the chain makes.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Request">The request.</param>
internal sealed record StreamCall(string Name, PolicyRequest Request);

/// <summary>
/// The requests that CloudWatch Logs and Firehose make, and the roles they take on. Sources: CloudWatch Logs user guide,
/// SubscriptionFilters; Firehose developer guide, controlling-access.
/// </summary>
internal sealed class StreamRequests(StreamPicture picture)
{
    private static readonly string[] NetworkKeys = ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpcSourceIp", "aws:SourceIp"];

    private string Partition => Regions.PartitionOf(picture.Region);

    /// <summary>
    /// CloudWatch Logs takes on the role of a filter. Trust policies name the service with or without the Region, and both
    /// work, so either will do.
    /// </summary>
    public IReadOnlyList<StreamCall> TrustOfLogs(string roleArn, string logGroupName)
    {
        // The guide guards by the account's log groups as a whole; its Lambda example shows that the group's ARN is what is sent.
        var group = $"arn:{Partition}:logs:{picture.Region}:{picture.AccountId}:log-group:{logGroupName}";
        var sourceArn = ContextValue.OneOf(ContextValue.Of($"{group}:*"), ContextValue.Of(group));
        return
        [
            .. new[] { $"logs.{picture.Region}.amazonaws.com", "logs.amazonaws.com" }
                .Select(s => new StreamCall("taking on the role", AssumeRole(s, roleArn, sourceArn))),
        ];
    }

    /// <summary>What CloudWatch Logs does with the filter's role.</summary>
    public StreamCall PutRecord(string roleArn) => new("record", OfRole(roleArn, "firehose:PutRecord", picture.StreamArn));

    /// <summary>The other action that takes records, which no page says that CloudWatch Logs uses.</summary>
    public StreamCall PutRecordBatch(string roleArn) => new("records", OfRole(roleArn, "firehose:PutRecordBatch", picture.StreamArn));

    /// <summary>Firehose takes on the role of the stream.</summary>
    public StreamCall TrustOfFirehose(string roleArn)
    {
        // The guide guards by the external id. Whether Firehose also sends the stream's ARN is on no page.
        var stream = ContextValue.OneOf(ContextValue.Of(picture.StreamArn), ContextValue.Absent);
        var request = AssumeRole("firehose.amazonaws.com", roleArn, stream, ("sts:ExternalId", picture.AccountId));
        var account = ContextValue.OneOf(ContextValue.Of(picture.AccountId), ContextValue.Absent);
        return new("taking on the role", new(request.Principal, request.Action, request.Resource, request.Context.With("aws:SourceAccount", account)));
    }

    /// <summary>What Firehose does to write its error log.</summary>
    public StreamCall PutErrors(StreamDestination destination) => new(
        "error log",
        OfRole(
            destination.RoleArn,
            "logs:PutLogEvents",
            $"arn:{Partition}:logs:{picture.Region}:{picture.AccountId}:log-group:{destination.ErrorLogGroup}:log-stream:{destination.ErrorLogStream}"));

    /// <summary>What Firehose does to transform records.</summary>
    public IReadOnlyList<StreamCall> CallLambda(StreamDestination destination) => destination.LambdaArn is not { } function ? [] :
    [
        new("transformation", OfRole(destination.RoleArn, "lambda:InvokeFunction", function)),
        new("look at the function", OfRole(destination.RoleArn, "lambda:GetFunctionConfiguration", function)),
    ];

    /// <summary>What Firehose does to read a Kinesis stream.</summary>
    public IReadOnlyList<StreamCall> ReadKinesis(StreamDescription stream) => stream.KinesisStreamArn is not { } source ? [] :
    [
        .. new[] { "kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards" }
            .Select(a => new StreamCall("reading the source", OfRole(stream.KinesisRoleArn ?? stream.Destination?.RoleArn ?? string.Empty, a, source))),
    ];

    private PolicyRequest AssumeRole(string service, string roleArn, ContextValue sourceArn, params ReadOnlySpan<(string Key, string Value)> others)
    {
        var keys = Everyday();
        keys["aws:PrincipalIsAWSService"] = ContextValue.Of("true");
        keys["aws:PrincipalServiceName"] = ContextValue.Of(service);
        keys["aws:SourceArn"] = sourceArn;
        keys["aws:SourceAccount"] = ContextValue.Of(picture.AccountId);
        keys["aws:SourceOrgID"] = picture.OrganizationId is { } organization ? ContextValue.Of(organization) : ContextValue.Unknown;
        Absent(keys, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn", "aws:PrincipalAccount", "sts:ExternalId", "sts:RoleSessionName");
        foreach (var (key, value) in others)
        {
            keys[key] = ContextValue.Of(value);
        }

        return new(RequestPrincipal.Service(service), "sts:AssumeRole", roleArn, new RequestContext(keys, ContextValue.Unknown, ["aws:PrincipalTag/", "aws:RequestTag/"]));
    }

    private PolicyRequest OfRole(string roleArn, string action, string resource)
    {
        var keys = Everyday();
        var principal = RequestPrincipal.Aws(roleArn);
        keys["aws:PrincipalIsAWSService"] = ContextValue.Of("false");
        keys["aws:PrincipalArn"] = ContextValue.Of(roleArn);
        keys["aws:PrincipalAccount"] = ContextValue.Of(principal.AccountId ?? string.Empty);
        keys["aws:PrincipalOrgID"] = picture.OrganizationId is { } organization ? ContextValue.Of(organization) : ContextValue.Unknown;
        keys["aws:ResourceAccount"] = Arn.TryParse(resource, out var arn) && Arn.IsAccountId(arn.AccountId) ? ContextValue.Of(arn.AccountId) : ContextValue.Unknown;
        Absent(keys, "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths");
        return new(principal, action, resource, new RequestContext(keys, ContextValue.Unknown));
    }

    private Dictionary<string, ContextValue> Everyday()
    {
        var keys = new Dictionary<string, ContextValue>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:SecureTransport"] = ContextValue.Of("true"),
            ["aws:ViaAWSService"] = ContextValue.Of("false"),
            ["aws:RequestedRegion"] = ContextValue.Of(picture.Region),
            ["aws:CurrentTime"] = ContextValue.Of(picture.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ["aws:EpochTime"] = ContextValue.Of(picture.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        };
        Absent(keys, "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge");

        // The services call from networks of AWS's own.
        foreach (var key in NetworkKeys)
        {
            keys[key] = ContextValue.Internal;
        }

        return keys;
    }

    private static void Absent(Dictionary<string, ContextValue> keys, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            keys[name] = ContextValue.Absent;
        }
    }
}
