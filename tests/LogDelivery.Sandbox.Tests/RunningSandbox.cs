using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>A sandbox for one test, and plain requests to it: what goes over the wire is written by hand here.</summary>
internal sealed class RunningSandbox : IDisposable
{
    public const string Account = "111122223333";
    public const string Bucket = "amzn-s3-demo-bucket";
    public const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management";

    public static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 2, 0, TimeSpan.Zero);

    private readonly HttpClient http;

    public RunningSandbox(SandboxOptions? options = null)
    {
        Server = SandboxServer.Start(options ?? new SandboxOptions { StartTime = Start });
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Server.Endpoint };
    }

    public SandboxServer Server { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HttpClient Http => http;

    /// <summary>What a trail needs in its bucket's policy.</summary>
    public static string TrailPolicy(string bucket = Bucket, string trail = Trail, string path = "AWSLogs/111122223333/*") => $$$"""
        {"Version":"2012-10-17","Statement":[
          {"Sid":"AclCheck","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl",
           "Resource":"arn:aws:s3:::{{{bucket}}}","Condition":{"StringEquals":{"aws:SourceArn":"{{{trail}}}"} } },
          {"Sid":"Write","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
           "Resource":"arn:aws:s3:::{{{bucket}}}/{{{path}}}","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"{{{trail}}}"} } }]}
        """;

    public void Dispose()
    {
        http.Dispose();
        Server.Dispose();
    }

    /// <summary>Sends an S3 request.</summary>
    public async Task<WireAnswer> S3(string method, string path, string? body = null, string region = "us-east-1", string accessKey = "sandbox", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
        }

        request.Headers.TryAddWithoutValidation("Authorization", Credential("s3", region, accessKey));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Send(request);
    }

    /// <summary>Calls a JSON 1.1 service.</summary>
    public async Task<WireAnswer> Json(string service, string target, object? input = null, string region = "us-east-1", string accessKey = "sandbox")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(input ?? new { }));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", Credential(service, region, accessKey));
        return await Send(request);
    }

    public Task<WireAnswer> CloudTrail(string operation, object? input = null, string region = "us-east-1", string accessKey = "sandbox")
        => Json("cloudtrail", $"com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.{operation}", input, region, accessKey);

    public Task<WireAnswer> Kms(string operation, object? input = null, string region = "us-east-1")
        => Json("kms", $"TrentService.{operation}", input, region);

    public Task<WireAnswer> Logs(string operation, object? input = null) => Json("logs", $"Logs_20140328.{operation}", input);

    /// <summary>Calls a query service.</summary>
    public async Task<WireAnswer> Query(string service, string version, string operation, string accessKey = "sandbox", params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Content = new FormUrlEncodedContent([new("Action", operation), new("Version", version), .. parameters.Select(p => new KeyValuePair<string, string>(p.Name, p.Value))]);
        request.Headers.TryAddWithoutValidation("Authorization", Credential(service, "us-east-1", accessKey));
        return await Send(request);
    }

    /// <summary>Steers the sandbox over HTTP.</summary>
    public async Task<WireAnswer> Control(string method, string name, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/_sandbox/{name}");
        request.Headers.Add("X-Sandbox-Token", Server.ControlToken);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await Send(request);
    }

    public async Task Advance(int minutes)
        => Assert.Equal(HttpStatusCode.OK, (await Control("POST", "advance", $$"""{"minutes":{{minutes}}}""")).Status);

    /// <summary>Makes a bucket with a trail that logs into it and is allowed to.</summary>
    public async Task CreateLoggingTrail(string bucket = Bucket, object? settings = null)
    {
        (await S3("PUT", $"/{bucket}")).Ok();
        (await S3("PUT", $"/{bucket}?policy", TrailPolicy(bucket))).Ok();
        (await CloudTrail("CreateTrail", settings ?? new { Name = "management", S3BucketName = bucket })).Ok();
        (await CloudTrail("StartLogging", new { Name = "management" })).Ok();
    }

    public async Task<JsonObject> Status(string name = "management", string region = "us-east-1")
        => (await CloudTrail("GetTrailStatus", new { Name = name }, region)).Ok().Json;

    public async Task<string[]> Keys(string bucket = Bucket, string prefix = "")
        => [.. (await S3("GET", $"/{bucket}?list-type=2&prefix={Uri.EscapeDataString(prefix)}")).Ok().Xml.Elements().Where(e => e.Name.LocalName == "Contents").Select(e => e.Elements().First().Value)];

    public async Task<byte[]> Object(string key, string bucket = Bucket) => (await S3("GET", $"/{bucket}/{key}")).Ok().Bytes;

    public async Task<WireAnswer> Send(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, Cancel);
        return new WireAnswer(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(Cancel),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    private static string Credential(string service, string region, string accessKey)
        => $"AWS4-HMAC-SHA256 Credential={accessKey}/20260131/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0";
}

/// <summary>An answer as it came.</summary>
internal sealed record WireAnswer(HttpStatusCode Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonObject Json => JsonNode.Parse(Bytes)!.AsObject();

    public XElement Xml => XElement.Parse(Text);

    /// <summary>The error code, in whichever protocol.</summary>
    public string? Error => Text.StartsWith('{')
        ? (string?)Json["__type"]
        : Text.Contains("<Error>", StringComparison.Ordinal) || Text.Contains("<ErrorResponse", StringComparison.Ordinal)
            ? Xml.DescendantsAndSelf().First(e => e.Name.LocalName == "Code").Value
            : null;

    public WireAnswer Ok()
    {
        Assert.True((int)Status is >= 200 and < 300, $"{(int)Status} {Text}");
        return this;
    }

    /// <summary>The text of the first XML element of a name.</summary>
    public string Value(string name) => Xml.DescendantsAndSelf().First(e => e.Name.LocalName == name).Value;
}
