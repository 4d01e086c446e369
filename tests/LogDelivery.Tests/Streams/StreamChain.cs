using LogDelivery.Gateways;
using LogDelivery.Sources;
using LogDelivery.Streams;

namespace LogDelivery.Tests.Streams;

/// <summary>A chain in which every link works, to be broken in one place or another.</summary>
internal sealed class StreamChain
{
    public const string Account = "111122223333";
    public const string Region = "ap-northeast-1";
    public const string BucketName = "amzn-s3-demo-trail-archive";
    public const string LogGroup = "/aws/cloudtrail/management-event";
    public const string StreamName = "stream-console-login";
    public const string StreamArn = $"arn:aws:firehose:{Region}:{Account}:deliverystream/{StreamName}";
    public const string SubscriptionRole = $"arn:aws:iam::{Account}:role/role-cloudwatch-logs";
    public const string StreamRole = $"arn:aws:iam::{Account}:role/role-firehose";
    public const string KeyArn = $"arn:aws:kms:{Region}:{Account}:key/11112222-3333-4444-5555-666677778888";
    public const string ErrorGroup = $"/aws/kinesisfirehose/{StreamName}";

    public static readonly DateTimeOffset Now = new(2026, 3, 30, 9, 45, 0, TimeSpan.Zero);

    public string SubscriptionTrust { get; set; } = $$$$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.{{{{Region}}}}.amazonaws.com"},"Action":"sts:AssumeRole",
         "Condition":{"StringLike":{"aws:SourceArn":"arn:aws:logs:{{{{Region}}}}:{{{{Account}}}}:*"}}}]}
        """;

    public string SubscriptionPolicy { get; set; } = $$$$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"firehose:PutRecord","Resource":"{{{{StreamArn}}}}"}]}
        """;

    public string StreamTrust { get; set; } = $$$$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole",
         "Condition":{"StringEquals":{"sts:ExternalId":"{{{{Account}}}}"}}}]}
        """;

    public string BucketStatement { get; set; } = $$$$"""
        {"Sid":"Bucket","Effect":"Allow","Action":["s3:AbortMultipartUpload","s3:GetBucketLocation","s3:GetObject","s3:ListBucket","s3:ListBucketMultipartUploads","s3:PutObject"],
         "Resource":["arn:aws:s3:::{{{{BucketName}}}}","arn:aws:s3:::{{{{BucketName}}}}/*"]}
        """;

    public string KeyStatement { get; set; } = $$$$"""
        {"Sid":"Key","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"{{{{KeyArn}}}}",
         "Condition":{"StringEquals":{"kms:ViaService":"s3.{{{{Region}}}}.amazonaws.com"},"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::{{{{BucketName}}}}/consolelogin/*"}}}
        """;

    public string LogStatement { get; set; } = $$$$"""
        {"Sid":"Errors","Effect":"Allow","Action":"logs:PutLogEvents","Resource":"arn:aws:logs:{{{{Region}}}}:{{{{Account}}}}:log-group:{{{{ErrorGroup}}}}:log-stream:*"}
        """;

    public List<string> OtherStatements { get; } = [];

    public string? Boundary { get; set; }

    public string? BucketPolicy { get; set; }

    public string? KeyPolicy { get; set; } = $$$$"""
        {"Version":"2012-10-17","Statement":[{"Sid":"Root","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{{Account}}}}:root"},"Action":"kms:*","Resource":"*"}]}
        """;

    public BucketSettings Settings { get; set; } = new()
    {
        Region = Region,
        AccountId = Account,
        Encryption = BucketEncryption.SseKms,
        KmsKeyId = KeyArn,
        BucketKeyEnabled = false,
    };

    public StreamDescription Stream { get; set; } = new(StreamName, StreamArn)
    {
        Created = Now.UtcDateTime.AddDays(-1),
        Destination = new(StreamRole, $"arn:aws:s3:::{BucketName}")
        {
            Prefix = "consolelogin/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
            ErrorOutputPrefix = "consolelogin/!{firehose:error-output-type}/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
            BufferSizeInMBs = 1,
            BufferIntervalInSeconds = 10,
            CompressionFormat = "UNCOMPRESSED",
            KmsKeyArn = KeyArn,
            LogsErrors = true,
            ErrorLogGroup = ErrorGroup,
            ErrorLogStream = "DestinationDelivery",
            FileExtension = ".json",
            TimeZone = "Asia/Tokyo",
        },
    };

    /// <summary>Changes the picture as a whole, after everything else.</summary>
    public List<Func<StreamPicture, StreamPicture>> Changes { get; } = [];

    public StreamDestination Destination
    {
        get => Stream.Destination!;
        set => Stream = Stream with { Destination = value };
    }

    public SubscriptionFilter Filter { get; set; } = new(LogGroup, "filter-consolelogin", "{ $.eventName = \"ConsoleLogin\" }", StreamArn, SubscriptionRole)
    {
        Created = Now.UtcDateTime.AddHours(-12),
    };

    public List<LogGroupEvent> Events { get; } =
    [
        new("stream", Now.UtcDateTime.AddHours(-2), """{"eventName":"ConsoleLogin","eventTime":"2026-03-30T07:45:00Z"}"""),
        new("stream", Now.UtcDateTime.AddHours(-1), """{"eventName":"ListBuckets"}"""),
    ];

    public StreamPicture ToPicture()
    {
        var role = new RoleDescription(StreamRole, StreamTrust, new Dictionary<string, string> { ["policy-firehose"] = StreamPolicy })
        {
            PermissionsBoundary = Boundary is null ? Readable.Missing<string>() : Readable.Found(Boundary),
        };
        var picture = new StreamPicture
        {
            Region = Region,
            AccountId = Account,
            StreamName = StreamName,
            Time = Now,
            OrganizationId = "o-exampleorgid",
            Subscriptions =
            [
                new SubscriptionPicture(LogGroup)
                {
                    Filters = Readable.Found<IReadOnlyList<SubscriptionFilter>>([Filter]),
                    Role = Readable.Found(new RoleDescription(SubscriptionRole, SubscriptionTrust, new Dictionary<string, string> { ["policy-cloudwatch-logs"] = SubscriptionPolicy })),
                    Events = Readable.Found<IReadOnlyList<LogGroupEvent>>(Events),
                },
            ],
            Stream = Readable.Found(Stream),
            Role = Readable.Found(role),
            Bucket = Readable.Found(new BucketPlace(Region, false)),
            BucketSettings = Settings,
            BucketPolicy = BucketPolicy is null ? Readable.Missing<string>() : Readable.Found(BucketPolicy),
            KmsKeyId = KeyArn,
            Key = Readable.Found(new KeyDescription(KeyArn, "Enabled", "CUSTOMER")),
            KeyPolicy = KeyPolicy is null ? Readable.Missing<string>() : Readable.Found(KeyPolicy),
            NewestObject = Readable.Found(new BucketObject("consolelogin/2026/03/30/stream-console-login-1-2026-03-30-16-45-11-x.json", Now.UtcDateTime.AddHours(-2).AddSeconds(11), 812)),
        };
        return Changes.Aggregate(picture, (p, change) => change(p));
    }

    public IReadOnlyList<StreamLinkRow> Test() => StreamTest.Run(ToPicture());

    private string StreamPolicy
        => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", new[] { BucketStatement, KeyStatement, LogStatement }.Where(s => s.Length > 0).Concat(OtherStatements))}}]}""";
}
