using System.Text.Json.Nodes;
using LogDelivery.Aws;
using LogDelivery.Repair;
using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>A sandbox for one test, a session with it, and a folder for backups and journal.</summary>
internal sealed class LiveSandbox : IDisposable
{
    public const string Account = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string Bucket = "amzn-s3-demo-bucket";
    public const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management";
    public const string Key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /// <summary>As careful as always, but without the waits that only make sense across a network.</summary>
    public static readonly WriteCare Brisk = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(5),
        Settle = TimeSpan.Zero,
        VisibleWithin = TimeSpan.FromSeconds(2),
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("logdelivery-repair-");

    private LiveSandbox(SandboxServer server, AwsSession session)
    {
        Server = server;
        Session = session;
        Backups = new(Path.Combine(folder.FullName, "backups"));
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SandboxServer Server { get; }

    public AwsSession Session { get; }

    public PolicyBackupFolder Backups { get; }

    public RepairJournal Journal => RepairJournal.Beside(Backups);

    public string Folder => folder.FullName;

    public string Endpoint => Server.Endpoint.AbsoluteUri.TrimEnd('/');

    public IReadOnlyList<string> BackupFiles => Backups.Files();

    public static async Task<LiveSandbox> StartAsync(string? scenario = null, Func<AwsOptions, AwsOptions>? with = null)
    {
        var server = SandboxServer.Start(new SandboxOptions { Scenario = scenario });
        var options = new AwsOptions { AccessKey = Account, SecretKey = "sandbox", Region = "us-east-1", EndpointUrl = server.Endpoint.AbsoluteUri, MaxAttempts = 2 };
        return new(server, await AwsSession.OpenAsync(with?.Invoke(options) ?? options, Cancel));
    }

    /// <summary>A trail whose bucket has this policy, or none.</summary>
    public static string TrailScenario(string? policy = null, string bucket = "", string trail = "", string more = "") => $$"""
        {
          "buckets": [ { "name": "{{Bucket}}" {{(policy is null ? string.Empty : $", \"policy\": {policy}")}} {{bucket}} } ],
          "trails": [ { "name": "management", "bucket": "{{Bucket}}" {{trail}} } ]
          {{more}}
        }
        """;

    /// <summary>What the trail needs in its bucket's policy.</summary>
    public static string TrailPolicy(string trail = Trail) => $$$"""
        {"Version":"2012-10-17","Statement":[
          {"Sid":"AclCheck","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl",
           "Resource":"arn:aws:s3:::{{{Bucket}}}","Condition":{"StringEquals":{"aws:SourceArn":"{{{trail}}}"} } },
          {"Sid":"Write","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
           "Resource":"arn:aws:s3:::{{{Bucket}}}/AWSLogs/111122223333/*","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"{{{trail}}}"} } }]}
        """;

    public void Dispose()
    {
        Session.Dispose();
        Server.Dispose();
        folder.Delete(recursive: true);
    }

    public LiveRepairOptions Options() => new() { Backups = Backups, Journal = Journal, Care = Brisk };

    public LiveRestoreOptions RestoreOptions() => new() { AllowWiderAccess = true, Backups = Backups, Journal = Journal, Care = Brisk };

    public Repair.LiveRepair Repair(LiveRepairOptions? options = null) => new(Session, Session.Region, options ?? Options());

    /// <summary>Plans and carries out, with one answer to all questions.</summary>
    public async Task<IReadOnlyList<PolicyRepairRecord>> RunAsync(LiveRepairRequest? request = null, LiveRepairOptions? options = null, RepairConsent consent = RepairConsent.Yes)
    {
        var repair = Repair(options);
        var plan = await repair.PlanAsync([request ?? new LiveRepairRequest { BucketName = Bucket }], Cancel);
        return await repair.ApplyAsync(plan, _ => consent, Cancel);
    }

    public async Task<PolicyRepairRecord> RunOneAsync(LiveRepairRequest? request = null, LiveRepairOptions? options = null, RepairConsent consent = RepairConsent.Yes)
        => Assert.Single(await RunAsync(request, options, consent));

    public async Task<string?> PolicyAsync(string bucket = Bucket) => (await Session.Buckets.GetPolicyAsync(bucket, Cancel)).Value;

    public JsonObject State() => JsonNode.Parse(Server.GetState())!.AsObject();

    public int Calls(string action) => (int?)State()["calls"]![action] ?? 0;

    /// <summary>How many policies were written, of whatever.</summary>
    public int Writes() => new[] { "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "kms:PutKeyPolicy", "sns:SetTopicAttributes", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy" }.Sum(Calls);

    public IReadOnlyList<JsonObject> JournalLines()
        => File.Exists(Journal.Path) ? [.. File.ReadLines(Journal.Path).Select(l => JsonNode.Parse(l)!.AsObject())] : [];
}
