using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

/// <summary>Deliveries and policies that the tests of the catalog start from.</summary>
internal static class Sample
{
    public const string Account = "111122223333";
    public const string OtherAccount = "999900001111";
    public const string Organization = "o-exampleorgid";
    public const string Key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    public const string Role = "arn:aws:iam::111122223333:role/delivery";

    public static TheoryData<string> AllIds => [.. SourceCatalog.All.Select(s => s.Id)];

    public static DeliverySource Source(string id) => SourceCatalog.Find(id) ?? throw new ArgumentException($"No source {id}.", nameof(id));

    public static Delivery Of(string id) => new()
    {
        Source = Source(id),
        BucketName = "amzn-s3-demo-bucket",
        AccountId = Account,
        Region = "us-east-1",
        RoleArn = id == "Firehose" ? Role : null,
    };

    /// <summary>The delivery with everything on that a source can have.</summary>
    public static Delivery WithEverything(string id) => Of(id) with
    {
        KeyPrefix = "logs",
        KmsKeyArn = Key,
        OrganizationId = Organization,
        Bucket = new()
        {
            AccountId = OtherAccount,
            Region = "us-east-1",
            Encryption = BucketEncryption.SseKms,
            BucketKeyEnabled = true,
        },
    };

    public static PolicyDocument Policy(IEnumerable<Grant> grants, PolicyTarget target)
    {
        var statements = grants.Where(g => g.Target == target).Select(g => JsonNode.Parse(g.ToJson())).ToArray();
        var document = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };
        return PolicyDocument.Parse(document.ToJsonString(), target == PolicyTarget.Bucket ? PolicyKind.Bucket : PolicyKind.Key);
    }

    public static PolicyDocument Bucket(string statements)
        => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""", PolicyKind.Bucket);

    public static RequiredCall Call(this Delivery delivery, string name)
        => delivery.Source.GetRequiredCalls(delivery).Single(c => c.Name == name);

    public static string[] Keys(this Delivery delivery) =>
    [
        .. delivery.Source.GetRequiredCalls(delivery)
            .Where(c => c.Target == PolicyTarget.Bucket && c.Request.Resource.Contains('/', StringComparison.Ordinal))
            .Select(c => c.Request.Resource[(delivery.BucketArn.Length + 1)..]),
    ];

    public static Verdict Judge(this PolicyDocument policy, RequiredCall call) => policy.Evaluate(call.Request).Verdict;

    public static ContextValue Context(this RequiredCall call, string key) => call.Request.Context[key];
}
