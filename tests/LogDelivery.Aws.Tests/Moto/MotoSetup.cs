using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;

namespace LogDelivery.Aws.Tests.Moto;

/// <summary>Operations that only tests call, to have something to look at.</summary>
internal static class MotoSetup
{
    private static readonly JsonTypeInfo<JsonObject> Anything = (JsonTypeInfo<JsonObject>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonObject));

    public static async Task<JsonObject> JsonAsync(this AwsSession session, ServiceModel service, string operation, JsonObject input, string? region = null)
        => await session.Clients.CallAsync(new JsonOperation<JsonObject, JsonObject>(service, operation, Anything, Anything), region ?? session.Region, input, CancellationToken.None);

    /// <summary>Calls an operation that has no output.</summary>
    public static async Task DoAsync(this AwsSession session, ServiceModel service, string operation, JsonObject input)
        => await session.Clients.CallAsync(new JsonOperation<JsonObject, NoOutput>(service, operation, Anything, KmsJson.Default.NoOutput), session.Region, input, CancellationToken.None);

    public static async Task<XElement> QueryAsync(this AwsSession session, ServiceModel service, string operation, params (string, string?)[] fields)
        => await session.Clients.CallAsync(new QueryOperation<int, XElement>(service, operation, _ => fields, e => e), session.Region, 0, CancellationToken.None);

    public static async Task BucketAsync(this AwsSession session, string name, string region = "us-east-1")
        => await session.Clients.CallS3Async("CreateBucket", region, name, (s3, token) => s3.PutBucketAsync(name, token), CancellationToken.None);

    public static async Task<string> TrailAsync(this AwsSession session, string name, string bucket, JsonObject? more = null)
    {
        var input = new JsonObject { ["Name"] = name, ["S3BucketName"] = bucket };
        foreach (var (key, value) in more ?? [])
        {
            input[key] = value?.DeepClone();
        }

        var trail = await session.JsonAsync(ServiceModels.CloudTrail, "CreateTrail", input);
        return trail["TrailARN"]!.GetValue<string>();
    }
}
