using LogDelivery.Gateways;
using LogDelivery.Streams;

namespace LogDelivery.Tests.Streams;

/// <summary>Something that breaks a chain, and what has to be said about it.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Link">The link that breaks.</param>
/// <param name="Id">The finding.</param>
/// <param name="Apply">Does it.</param>
internal sealed record Break(string Name, StreamLink Link, string Id, Action<StreamChain> Apply)
{
    /// <summary>Links of which nothing can be told once this is done, such as the filter of a group that is gone.</summary>
    public IReadOnlyList<StreamLink> Hides { get; init; } = [];
}

internal static class Breaks
{
    private static readonly StreamLink[] Subscription = [StreamLink.SubscriptionFilter, StreamLink.FilterPattern, StreamLink.SubscriptionTrust, StreamLink.SubscriptionPermission];

    public static IReadOnlyList<Break> All { get; } =
    [
        new("no log group", StreamLink.LogGroup, "LD0100", c => OnSubscription(c, s => s with { Filters = Readable.Missing<IReadOnlyList<SubscriptionFilter>>() })) { Hides = [.. Subscription, StreamLink.Stream, StreamLink.Format] },
        new("no filter", StreamLink.SubscriptionFilter, "LD0101", c => OnSubscription(c, s => s with { Filters = Readable.Found<IReadOnlyList<SubscriptionFilter>>([]) }))
        {
            Hides = [StreamLink.FilterPattern, StreamLink.SubscriptionTrust, StreamLink.SubscriptionPermission, StreamLink.Stream, StreamLink.Format],
        },
        new("filter to another stream", StreamLink.SubscriptionFilter, "LD0101", c => c.Filter = c.Filter with { DestinationArn = $"{StreamChain.StreamArn}-old" })
        {
            Hides = [StreamLink.FilterPattern, StreamLink.SubscriptionTrust, StreamLink.SubscriptionPermission, StreamLink.Stream, StreamLink.Format],
        },
        new("no subscription role", StreamLink.SubscriptionTrust, "LD0104", c => OnSubscription(c, s => s with { Role = Readable.Missing<RoleDescription>() })) { Hides = [StreamLink.SubscriptionPermission] },
        new("subscription trust of another Region", StreamLink.SubscriptionTrust, "LD0105", c => c.SubscriptionTrust = c.SubscriptionTrust.Replace($"logs.{StreamChain.Region}.", "logs.eu-west-1.", StringComparison.Ordinal)),
        new("subscription trust for another account", StreamLink.SubscriptionTrust, "LD0105", c => c.SubscriptionTrust = c.SubscriptionTrust.Replace(StreamChain.Account, "444455556666", StringComparison.Ordinal)),
        new("subscription policy for another stream", StreamLink.SubscriptionPermission, "LD0107", c => c.SubscriptionPolicy = c.SubscriptionPolicy.Replace("stream-console-login", "stream-consolelogin", StringComparison.Ordinal)),
        new("subscription policy denies", StreamLink.SubscriptionPermission, "LD0107", c => c.SubscriptionPolicy = c.SubscriptionPolicy.Replace("\"Allow\"", "\"Deny\"", StringComparison.Ordinal)),
        new("stream is being deleted", StreamLink.Stream, "LD0109", c => c.Stream = c.Stream with { Status = "DELETING" }),
        new("stream encryption failed", StreamLink.Stream, "LD0109", c => c.Stream = c.Stream with { EncryptionStatus = "ENABLING_FAILED", EncryptionFailure = "KMS_ACCESS_DENIED" }),
        new("stream reads Kinesis", StreamLink.Stream, "LD0110", c => c.Stream = c.Stream with { Type = "KinesisStreamAsSource" }) { Hides = [StreamLink.KinesisPermission] },
        new("no stream role", StreamLink.StreamTrust, "LD0111", c => c.Changes.Add(p => p with { Role = Readable.Missing<RoleDescription>() }))
        {
            Hides = [StreamLink.BucketPermission, StreamLink.KeyPermission, StreamLink.ErrorLogPermission, StreamLink.LambdaPermission, StreamLink.KinesisPermission],
        },
        new("stream trust for EC2", StreamLink.StreamTrust, "LD0112", c => c.StreamTrust = c.StreamTrust.Replace("firehose.", "ec2.", StringComparison.Ordinal)),
        new("stream trust with another external id", StreamLink.StreamTrust, "LD0112", c => c.StreamTrust = c.StreamTrust.Replace(StreamChain.Account, "444455556666", StringComparison.Ordinal)),
        new("no bucket statement", StreamLink.BucketPermission, "LD0113", c => c.BucketStatement = string.Empty),
        new("bucket ARN without objects", StreamLink.BucketPermission, "LD0113", c => c.BucketStatement = c.BucketStatement.Replace("/*\"", "\"", StringComparison.Ordinal)),
        new("boundary without S3", StreamLink.BucketPermission, "LD0113", c => c.Boundary = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}]}"""),
        new("role denies its uploads", StreamLink.BucketPermission, "LD0113", c => c.OtherStatements.Add("""{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}""")),
        new("error prefix elsewhere", StreamLink.BucketPermission, "LD0114", c =>
        {
            c.BucketStatement = c.BucketStatement.Replace($"{StreamChain.BucketName}/*", $"{StreamChain.BucketName}/consolelogin/*", StringComparison.Ordinal);
            c.Destination = c.Destination with { ErrorOutputPrefix = "errors/!{firehose:error-output-type}/" };
            c.KeyStatement = c.KeyStatement.Replace("consolelogin/*", "*", StringComparison.Ordinal);
        }),
        new("error prefix without its type", StreamLink.BucketPermission, "LD0116", c => c.Destination = c.Destination with { ErrorOutputPrefix = "consolelogin/errors/!{timestamp:yyyy}/" }),
        new("no key statement", StreamLink.KeyPermission, "LD0115", c => c.KeyStatement = string.Empty),
        new("key statement for objects, Bucket Key on", StreamLink.KeyPermission, "LD0115", c => c.Settings = c.Settings with { BucketKeyEnabled = true }),
        new("key statement via another Region", StreamLink.KeyPermission, "LD0115", c => c.KeyStatement = c.KeyStatement.Replace($"s3.{StreamChain.Region}", "s3.us-east-1", StringComparison.Ordinal)),
        new("no error log statement", StreamLink.ErrorLogPermission, "LD0117", c => c.LogStatement = string.Empty),
        new("no Lambda statement", StreamLink.LambdaPermission, "LD0118", c => c.Destination = c.Destination with
        {
            Processors = [.. c.Destination.Processors, new("Lambda", new Dictionary<string, string> { ["LambdaArn"] = $"arn:aws:lambda:{StreamChain.Region}:{StreamChain.Account}:function:clean:$LATEST" })],
        }) { Hides = [StreamLink.Format] },
        new("no Kinesis statement", StreamLink.KinesisPermission, "LD0119", c =>
        {
            c.Stream = c.Stream with { KinesisStreamArn = $"arn:aws:kinesis:{StreamChain.Region}:{StreamChain.Account}:stream/source", KinesisRoleArn = StreamChain.StreamRole };
        }),
        new("no bucket", StreamLink.Bucket, "LD0120", c => c.Changes.Add(p => p with { Bucket = Readable.Missing<BucketPlace>() })) { Hides = [StreamLink.BucketPolicy] },
        new("bucket denies outside the VPC", StreamLink.BucketPolicy, "LD0021", c => c.BucketPolicy = Deny("""{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}""")),
        new("bucket denies other organizations", StreamLink.BucketPolicy, "LD0020", c => c.BucketPolicy = Deny("""{"StringNotEquals":{"aws:PrincipalOrgID":"o-otherorgid00"}}""")),
        new("bucket denies uploads", StreamLink.BucketPolicy, "LD0025", c => c.BucketPolicy = Deny("""{"Bool":{"aws:SecureTransport":"true"}}""")),
        new("key is disabled", StreamLink.Key, "LD0043", c => c.Changes.Add(p => p with { Key = Readable.Found(p.Key.Value is null ? new KeyDescription(StreamChain.KeyArn, "Disabled") : p.Key.Value with { State = "Disabled" }) })),
        new("key in another Region", StreamLink.Key, "LD0042", c => c.Settings = c.Settings with { Region = "us-east-1" }),
        new("key policy for others only", StreamLink.KeyPolicy, "LD0030", c => c.KeyPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/admin"},"Action":"kms:*","Resource":"*"}]}""")
        {
            Hides = [StreamLink.KeyPermission],
        },
        new("compressed twice", StreamLink.Format, "LD0122", c => c.Destination = c.Destination with { CompressionFormat = "GZIP" }),
        new("errors not logged", StreamLink.ErrorLog, "LD0123", c => c.Destination = c.Destination with { LogsErrors = false }) { Hides = [StreamLink.ErrorLogPermission] },
        new("no error log", StreamLink.ErrorLog, "LD0124", c => c.Changes.Add(p => p with { ErrorLog = Readable.Missing<IReadOnlyList<LogGroupEvent>>() })),
    ];

    private static string Deny(string condition) => $$"""
        {"Version":"2012-10-17","Statement":[{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{StreamChain.BucketName}}/*","Condition":{{condition}}}]}
        """;

    private static void OnSubscription(StreamChain chain, Func<SubscriptionPicture, SubscriptionPicture> change)
        => chain.Changes.Add(p => p with { Subscriptions = [.. p.Subscriptions.Select(change)] });
}
