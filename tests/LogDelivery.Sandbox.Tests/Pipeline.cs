using System.Text.Json.Nodes;
using LogDelivery.Aws;
using LogDelivery.Repair;
using LogDelivery.Streams;

namespace LogDelivery.Sandbox.Tests;

/// <summary>A log group that sends console logins through Firehose into an encrypted bucket, set up over the wire as the AWS CLI would.</summary>
internal sealed class Pipeline : IDisposable
{
    public const string Account = RunningSandbox.Account;
    public const string Bucket = "amzn-s3-demo-login-archive";
    public const string Group = "/aws/cloudtrail/management-event";
    public const string Stream = "console-login";
    public const string StreamArn = $"arn:aws:firehose:us-east-1:{Account}:deliverystream/{Stream}";
    public const string ErrorGroup = $"/aws/kinesisfirehose/{Stream}";

    public const string LogsTrust = $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:{{{{Account}}}}:*"}}}]}""";
    public const string LogsPolicy = $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"firehose:PutRecord","Resource":"{{{{StreamArn}}}}"}]}""";
    public const string FirehoseTrust = $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"{{{{Account}}}}"}}}]}""";

    private Pipeline(RunningSandbox sandbox) => Sandbox = sandbox;

    public RunningSandbox Sandbox { get; }

    public string KeyArn { get; private set; } = string.Empty;

    /// <summary>What the stream's role may do.</summary>
    public string FirehosePolicy => $$$$"""
        {"Version":"2012-10-17","Statement":[
         {"Sid":"Bucket","Effect":"Allow","Action":["s3:AbortMultipartUpload","s3:GetBucketLocation","s3:GetObject","s3:ListBucket","s3:ListBucketMultipartUploads","s3:PutObject"],"Resource":["arn:aws:s3:::{{{{Bucket}}}}","arn:aws:s3:::{{{{Bucket}}}}/*"]},
         {"Sid":"Key","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"{{{{KeyArn}}}}","Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"},"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::{{{{Bucket}}}}/consolelogin/*"}}},
         {"Sid":"Errors","Effect":"Allow","Action":"logs:PutLogEvents","Resource":"arn:aws:logs:us-east-1:{{{{Account}}}}:log-group:{{{{ErrorGroup}}}}:log-stream:*"}]}
        """;

    /// <summary>The policy of the key, as KMS gives it to every new one.</summary>
    public static string KeyPolicy => $$$$"""{"Version":"2012-10-17","Statement":[{"Sid":"Root","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{{Account}}}}:root"},"Action":"kms:*","Resource":"*"}]}""";

    public static async Task<Pipeline> CreateAsync(JsonObject? destination = null)
    {
        var pipeline = new Pipeline(new RunningSandbox());
        var sandbox = pipeline.Sandbox;
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        pipeline.KeyArn = (string)(await sandbox.Kms("CreateKey", new { })).Ok().Json["KeyMetadata"]!["Arn"]!;
        await pipeline.CreateRole("logs", LogsTrust);
        await pipeline.PutRolePolicy("logs", LogsPolicy);
        await pipeline.CreateRole("firehose", FirehoseTrust);
        await pipeline.PutRolePolicy("firehose", pipeline.FirehosePolicy);
        (await sandbox.Logs("CreateLogGroup", new { logGroupName = Group })).Ok();
        (await sandbox.Logs("CreateLogStream", new { logGroupName = Group, logStreamName = "trail" })).Ok();
        (await sandbox.Logs("CreateLogGroup", new { logGroupName = ErrorGroup })).Ok();
        (await sandbox.Logs("CreateLogStream", new { logGroupName = ErrorGroup, logStreamName = "DestinationDelivery" })).Ok();
        (await sandbox.Json("firehose", "Firehose_20150804.CreateDeliveryStream", new JsonObject
        {
            ["DeliveryStreamName"] = Stream,
            ["ExtendedS3DestinationConfiguration"] = destination ?? pipeline.Destination(),
        })).Ok();
        (await pipeline.PutFilter()).Ok();
        return pipeline;
    }

    /// <summary>The destination, as in the guide: prefixes with expressions, a key, an error log.</summary>
    public JsonObject Destination() => new()
    {
        ["RoleARN"] = $"arn:aws:iam::{Account}:role/firehose",
        ["BucketARN"] = $"arn:aws:s3:::{Bucket}",
        ["Prefix"] = "consolelogin/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
        ["ErrorOutputPrefix"] = "consolelogin/!{firehose:error-output-type}/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
        ["BufferingHints"] = new JsonObject { ["SizeInMBs"] = 1, ["IntervalInSeconds"] = 10 },
        ["EncryptionConfiguration"] = new JsonObject { ["KMSEncryptionConfig"] = new JsonObject { ["AWSKMSKeyARN"] = KeyArn } },
        ["CloudWatchLoggingOptions"] = new JsonObject { ["Enabled"] = true, ["LogGroupName"] = ErrorGroup, ["LogStreamName"] = "DestinationDelivery" },
    };

    public void Dispose() => Sandbox.Dispose();

    public async Task CreateRole(string name, string trust)
        => (await Iam("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust))).Ok();

    public async Task PutRolePolicy(string role, string policy)
        => (await Iam("PutRolePolicy", ("RoleName", role), ("PolicyName", "access"), ("PolicyDocument", policy))).Ok();

    public async Task PutTrust(string role, string policy)
        => (await Iam("UpdateAssumeRolePolicy", ("RoleName", role), ("PolicyDocument", policy))).Ok();

    public Task<WireAnswer> PutFilter(string pattern = "{ $.eventName = \"ConsoleLogin\" }") => Sandbox.Logs("PutSubscriptionFilter", new
    {
        logGroupName = Group,
        filterName = "logins",
        filterPattern = pattern,
        destinationArn = StreamArn,
        roleArn = $"arn:aws:iam::{Account}:role/logs",
    });

    /// <summary>A console login and something else happen.</summary>
    public async Task Happen(string id)
    {
        var now = Sandbox.Server.Now.ToUnixTimeMilliseconds();
        (await Sandbox.Logs("PutLogEvents", new
        {
            logGroupName = Group,
            logStreamName = "trail",
            logEvents = new[]
            {
                new { timestamp = now, message = $$"""{"eventName":"ConsoleLogin","eventID":"{{id}}"}""" },
                new { timestamp = now, message = $$"""{"eventName":"ListBuckets","eventID":"{{id}}-other"}""" },
            },
        })).Ok();
    }

    /// <summary>Everything that arrived below the prefix, unpacked.</summary>
    public async Task<string> Arrived()
    {
        var text = string.Empty;
        foreach (var key in (await Sandbox.Keys(Bucket, "consolelogin/")).Where(k => !k.Contains("-failed/", StringComparison.Ordinal)))
        {
            text += Unpack(await Sandbox.Object(key, Bucket));
        }

        return text;
    }

    public static string Unpack(byte[] content)
    {
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(content), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new System.IO.StreamReader(gzip);
        return reader.ReadToEnd();
    }

    /// <summary>Reads the chain over the wire and judges it.</summary>
    public async Task<IReadOnlyList<StreamLinkRow>> Test(string? group = Group)
    {
        using var session = await AwsSession.OpenAsync(
            new() { AccessKey = Account, SecretKey = "sandbox", Region = "us-east-1", EndpointUrl = Sandbox.Server.Endpoint.AbsoluteUri }, RunningSandbox.Cancel);
        var pictures = await new StreamPictureReader(session, new At(Sandbox.Server.Now)).ReadAsync(
            new() { Region = "us-east-1", StreamName = Stream, LogGroupName = group }, RunningSandbox.Cancel);
        return StreamTest.Run(pictures.Single());
    }

    /// <summary>Repairs the chain over the wire.</summary>
    public async Task<(StreamRepairPlan Plan, IReadOnlyList<PolicyRepairRecord> Records)> Repair()
    {
        using var session = await AwsSession.OpenAsync(
            new() { AccessKey = Account, SecretKey = "sandbox", Region = "us-east-1", EndpointUrl = Sandbox.Server.Endpoint.AbsoluteUri }, RunningSandbox.Cancel);
        var folder = Directory.CreateTempSubdirectory("backups-");
        try
        {
            var repair = new StreamRepair(session, new() { Repair = new() { NarrowDenies = true }, Backups = new(folder.FullName) }, new At(Sandbox.Server.Now));
            var plan = (await repair.PlanAsync(new() { Region = "us-east-1", StreamName = Stream, LogGroupName = Group }, RunningSandbox.Cancel)).Single();
            return (plan, await repair.ApplyAsync(plan, _ => RepairConsent.Yes, RunningSandbox.Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public Task<WireAnswer> Iam(string operation, params (string Name, string Value)[] parameters) => Sandbox.Query("iam", "2010-05-08", operation, "sandbox", parameters);

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
