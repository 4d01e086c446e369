using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>A service that speaks JSON 1.1 or 1.0: the operation is in X-Amz-Target, input and output are objects.</summary>
internal abstract class JsonService(string prefix, string target, string jsonVersion = "1.1") : IApiService
{
    private readonly Dictionary<string, Func<JsonCall, JsonObject?>> operations = new(StringComparer.Ordinal);

    public string Prefix { get; } = prefix;

    /// <summary>The part of X-Amz-Target before the dot and the operation.</summary>
    public string Target { get; } = target;

    private string ContentType { get; } = $"application/x-amz-json-{jsonVersion}";

    public string? OperationOf(ApiRequest request)
    {
        var text = request.Header("X-Amz-Target");
        return text is null ? null : text[(text.LastIndexOf('.') + 1)..];
    }

    public ApiResponse Handle(ApiRequest request, string operation)
    {
        if (!operations.TryGetValue(operation, out var handler))
        {
            throw new ApiException("UnknownOperationException", $"The sandbox does not know {Prefix}:{operation}.");
        }

        JsonObject input;
        try
        {
            input = request.Body.Length == 0 ? [] : JsonNode.Parse(request.Body) as JsonObject ?? throw new ApiException("SerializationException", "The body is no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new ApiException("SerializationException", $"The body is not JSON: {exception.Message}");
        }

        var output = handler(new JsonCall(request, input));
        var response = ApiResponse.Json(200, output?.ToJsonString(WireJson.Relaxed) ?? "{}", ContentType);
        return response.With("x-amzn-RequestId", request.Id);
    }

    public ApiResponse Error(ApiRequest request, ApiException error)
    {
        var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        return new ApiResponse(error.Status, ContentType, JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Relaxed)) { ErrorCode = error.Code }
            .With("x-amzn-RequestId", request.Id)
            .With("x-amzn-ErrorType", error.Code);
    }

    public virtual ApiException Throttled() => new("ThrottlingException", "Rate exceeded", 400);

    public ApiException Failed() => new("InternalFailure", "An internal failure has occurred. Try your request again.", 500);

    public ApiException Denied(RequestCaller caller, string action) => ApiException.AccessDenied(caller, action);

    protected void On(string operation, Func<JsonCall, JsonObject?> handler) => operations.Add(operation, handler);
}

/// <summary>One call of a JSON service.</summary>
internal sealed class JsonCall(ApiRequest request, JsonObject input)
{
    public ApiRequest Request { get; } = request;

    public JsonObject Input { get; } = input;

    public string Account => Request.Account;

    public string Region => Request.Region;

    public bool Has(string name) => Input[name] is not null;

    public string? Text(string name) => Input[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public bool? Flag(string name) => Input[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public int? Number(string name) => Input[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public long? LongNumber(string name) => Input[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public IReadOnlyList<string> Texts(string name) => Input[name] is JsonArray list ? [.. list.Select(i => (string?)i).OfType<string>()] : [];

    public JsonArray? Copy(string name) => Input[name]?.DeepClone() as JsonArray;
}

/// <summary>Formats values for the JSON protocols.</summary>
internal static class WireValues
{
    /// <summary>A timestamp: seconds since 1970 with their fraction.</summary>
    public static JsonNode? Time(DateTimeOffset? time) => time is { } t ? JsonValue.Create(t.ToUnixTimeMilliseconds() / 1000m) : null;

    /// <summary>Sets a member unless there is no value: absent members are left out, not null.</summary>
    public static JsonObject With(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }

        return target;
    }
}
