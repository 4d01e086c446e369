using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Streams;

/// <summary>A chain as it is to be: what its policies are written from. AWS is not asked.</summary>
internal sealed record StreamDesign
{
    /// <summary>The stream's name.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>The 12-digit account of stream, log group and roles.</summary>
    public required string AccountId { get; init; }

    /// <summary>The Region of the stream.</summary>
    public required string Region { get; init; }

    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The account of the bucket; that of the stream when <see langword="null"/>.</summary>
    public string? BucketAccountId { get; init; }

    /// <summary>The Region of the bucket, which KMS is called in; that of the stream when <see langword="null"/>.</summary>
    public string? BucketRegion { get; init; }

    /// <summary>The prefix with its expressions.</summary>
    public string? Prefix { get; init; }

    /// <summary>The error prefix with its expressions.</summary>
    public string? ErrorOutputPrefix { get; init; }

    /// <summary>The ARN of the KMS key, if any.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The role of the stream.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The role of the subscription filter; without it its policies are left out.</summary>
    public string? SubscriptionRoleArn { get; init; }

    /// <summary>The log group of the stream's errors; without it errors are not logged.</summary>
    public string? ErrorLogGroupName { get; init; }

    /// <summary>The log stream of the errors.</summary>
    public string ErrorLogStreamName { get; init; } = "DestinationDelivery";

    /// <summary>The function that transforms records, with its version as <c>arn:...:function:NAME:$LATEST</c>.</summary>
    public string? LambdaArn { get; init; }

    /// <summary>The Kinesis stream that records come from.</summary>
    public string? KinesisStreamArn { get; init; }

    /// <summary>Writes the policies that the chain needs, and nothing more.</summary>
    /// <exception cref="InvalidDeliveryException">A value is not of the form that AWS takes; the message says what to give.</exception>
    public IReadOnlyList<StreamPolicy> CreatePolicies()
    {
        Check();
        var stream = new StreamDescription(DeliveryStreamName, $"arn:{Regions.PartitionOf(Region)}:firehose:{Region}:{AccountId}:deliverystream/{DeliveryStreamName}")
        {
            KinesisStreamArn = KinesisStreamArn,
            Destination = new(RoleArn, $"arn:{Regions.PartitionOf(Region)}:s3:::{BucketName}")
            {
                Prefix = Prefix,
                ErrorOutputPrefix = ErrorOutputPrefix,
                KmsKeyArn = KmsKeyArn,
                LogsErrors = ErrorLogGroupName is not null,
                ErrorLogGroup = ErrorLogGroupName,
                ErrorLogStream = ErrorLogStreamName,
                Processors = LambdaArn is null ? [] : [new("Lambda", new Dictionary<string, string> { ["LambdaArn"] = LambdaArn })],
            },
        };
        var picture = new StreamPicture
        {
            Region = Region,
            AccountId = AccountId,
            StreamName = DeliveryStreamName,
            Time = DateTimeOffset.UnixEpoch,
            Stream = Readable.Found(stream),
            BucketSettings = new() { AccountId = BucketAccountId ?? AccountId, Region = BucketRegion ?? Region },
            KmsKeyId = KmsKeyArn,
        };
        return [.. Write(picture, stream)];
    }

    private IEnumerable<StreamPolicy> Write(StreamPicture picture, StreamDescription stream)
    {
        var delivery = new StreamDelivery(picture, stream.Destination!);
        if (SubscriptionRoleArn is { } subscriptionRole)
        {
            yield return Of("SubscriptionTrust", PolicyTarget.RoleTrust, subscriptionRole, [StreamGrants.SubscriptionTrust(picture, subscriptionRole)]);
            yield return Of("SubscriptionRole", PolicyTarget.Role, subscriptionRole, [StreamGrants.SubscriptionPermission(picture, subscriptionRole)]);
        }

        yield return Of("StreamTrust", PolicyTarget.RoleTrust, RoleArn, [StreamGrants.StreamTrust(picture, RoleArn)]);
        List<Grant> grants = [.. StreamGrants.Bucket(delivery)];
        if (KmsKeyArn is not null)
        {
            grants.AddRange(StreamGrants.Key(delivery));
        }

        if (ErrorLogGroupName is not null)
        {
            grants.Add(StreamGrants.ErrorLog(new StreamRequests(picture).PutErrors(stream.Destination!).Request));
        }

        if (LambdaArn is not null)
        {
            grants.Add(StreamGrants.Lambda(RoleArn, LambdaArn));
        }

        if (KinesisStreamArn is not null)
        {
            grants.Add(StreamGrants.Kinesis(RoleArn, KinesisStreamArn));
        }

        yield return Of("StreamRole", PolicyTarget.Role, RoleArn, grants);
        if (BucketAccountId is not null && BucketAccountId != AccountId)
        {
            yield return Of("Bucket", PolicyTarget.Bucket, delivery.Data.BucketArn, GrantsOf(delivery, PolicyTarget.Bucket));
        }

        if (KmsKeyArn is not null)
        {
            yield return Of("Key", PolicyTarget.Key, KmsKeyArn, GrantsOf(delivery, PolicyTarget.Key));
        }
    }

    private static IReadOnlyList<Grant> GrantsOf(StreamDelivery delivery, PolicyTarget target)
        => [.. delivery.All.SelectMany(d => d.Source.GetGrants(d)).Where(g => g.Target == target && !g.IsOptional).DistinctBy(g => g.ToJson())];

    private static StreamPolicy Of(string name, PolicyTarget target, string resource, IReadOnlyList<Grant> grants)
    {
        var kind = Repair.PolicyRepair.KindOf(target);
        var document = PolicyDocument.Parse("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}\n", kind);
        foreach (var grant in grants)
        {
            document = Repair.PolicyEditor.AddStatement(document, grant.ToJsonNode(Repair.PolicyEditor.FreeSid(document, grant.Sid)));
        }

        return new() { Name = name, TargetValue = target, Resource = resource, Document = document.Text };
    }

    private void Check()
    {
        foreach (var (name, value) in new[] { (nameof(SubscriptionRoleArn), SubscriptionRoleArn), (nameof(LambdaArn), LambdaArn), (nameof(KinesisStreamArn), KinesisStreamArn) })
        {
            if (value is not null && !Arn.TryParse(value, out _))
            {
                throw new InvalidDeliveryException($"'{value}' is no ARN ({name}).", name);
            }
        }

        if (BucketAccountId is not null && !Arn.IsAccountId(BucketAccountId))
        {
            throw new InvalidDeliveryException($"'{BucketAccountId}' is no account id: twelve digits, such as 111122223333.", nameof(BucketAccountId));
        }

        if (KmsKeyArn is not null && !(Arn.TryParse(KmsKeyArn, out var key) && key.Resource.StartsWith("key/", StringComparison.Ordinal)))
        {
            throw new InvalidDeliveryException($"'{KmsKeyArn}' is no ARN of a key, such as arn:aws:kms:us-east-1:111122223333:key/ID; policies know no aliases.", nameof(KmsKeyArn));
        }

        var prefix = KeyPrefixExpression.ForData(Prefix);
        if (prefix.HasExpressions && string.IsNullOrEmpty(ErrorOutputPrefix))
        {
            throw new InvalidDeliveryException("Where Prefix has expressions, Firehose demands an ErrorOutputPrefix with !{firehose:error-output-type}.", nameof(ErrorOutputPrefix));
        }

        foreach (var (name, problems) in new[] { (nameof(Prefix), prefix.Problems), (nameof(ErrorOutputPrefix), KeyPrefixExpression.ForErrors(ErrorOutputPrefix, Prefix).Problems) })
        {
            if (problems.Count > 0)
            {
                throw new InvalidDeliveryException($"{name}: {problems[0]}", name);
            }
        }
    }
}
