using System.Text.Json;
using System.Text.Json.Serialization;
using LogDelivery.Sources;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>A delivery as fixtures and the pages of findings write it in JSON.</summary>
public sealed record DeliveryFixture
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public required string Source { get; init; }

    public string BucketName { get; init; } = "amzn-s3-demo-bucket";

    public string AccountId { get; init; } = "111122223333";

    public string Region { get; init; } = "us-east-1";

    public string? KeyPrefix { get; init; }

    public string? SourceArn { get; init; }

    public string? OrganizationId { get; init; }

    public string? KmsKeyArn { get; init; }

    public string? RoleArn { get; init; }

    public bool HiveCompatiblePartitions { get; init; }

    public BucketSettings Bucket { get; init; } = new();

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public Delivery ToDelivery() => new()
    {
        Source = SourceCatalog.Find(Source) ?? throw new InvalidOperationException($"There is no source {Source}."),
        BucketName = BucketName,
        AccountId = AccountId,
        Region = Region,
        KeyPrefix = KeyPrefix,
        SourceArn = SourceArn,
        OrganizationId = OrganizationId,
        KmsKeyArn = KmsKeyArn,
        RoleArn = RoleArn,
        HiveCompatiblePartitions = HiveCompatiblePartitions,
        Bucket = Bucket,
        Time = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
    };
}
