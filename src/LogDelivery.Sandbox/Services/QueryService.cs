using System.Globalization;
using System.Xml.Linq;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>A service that speaks the query protocol: a form with an Action in, XML out.</summary>
internal abstract class QueryService(string prefix, string version, string xmlNamespace) : IApiService
{
    private readonly Dictionary<string, Func<QueryCall, IEnumerable<XElement>>> operations = new(StringComparer.Ordinal);

    public string Prefix { get; } = prefix;

    /// <summary>The name that requests are signed for.</summary>
    public virtual string SigningName => Prefix;

    /// <summary>The version of the API, which identifies the service of unsigned requests.</summary>
    public string Version { get; } = version;

    protected XNamespace Namespace { get; } = xmlNamespace;

    public string? OperationOf(ApiRequest request) => QueryCall.ParametersOf(request).FirstOrDefault(p => p.Key == "Action").Value;

    public bool Knows(string operation) => operations.ContainsKey(operation);

    /// <summary>The names of all operations.</summary>
    public IEnumerable<string> Operations => operations.Keys;

    /// <summary>Runs an operation whose parameters were sent in another protocol.</summary>
    public IEnumerable<XElement> Run(ApiRequest request, string operation, IReadOnlyList<KeyValuePair<string, string>> parameters)
        => operations[operation](new QueryCall(request, Namespace, parameters));

    public ApiResponse Handle(ApiRequest request, string operation)
    {
        if (!operations.TryGetValue(operation, out var handler))
        {
            throw new ApiException("InvalidAction", $"The sandbox does not know {Prefix}:{operation}.");
        }

        var content = handler(new QueryCall(request, Namespace, QueryCall.ParametersOf(request))).ToArray();
        return ApiResponse.Xml(200, Wrap(request, operation, content)).With("x-amzn-RequestId", request.Id);
    }

    public virtual ApiResponse Error(ApiRequest request, ApiException error)
    {
        var document = new XElement(
            Namespace + "ErrorResponse",
            new XElement(
                Namespace + "Error",
                new XElement(Namespace + "Type", error.Status >= 500 ? "Receiver" : "Sender"),
                new XElement(Namespace + "Code", error.Code),
                new XElement(Namespace + "Message", error.Message)),
            new XElement(Namespace + "RequestId", request.Id));
        var response = ApiResponse.Xml(error.Status, WireXml.Of(document));
        return new ApiResponse(response.Status, response.ContentType, response.Body) { ErrorCode = error.Code }.With("x-amzn-RequestId", request.Id);
    }

    public virtual ApiException Throttled() => new("Throttling", "Rate exceeded", 400);

    public ApiException Failed() => new("InternalFailure", "An internal failure has occurred. Try your request again.", 500);

    public virtual ApiException Denied(RequestCaller caller, string action)
        => new("AccessDenied", ApiException.AccessDenied(caller, action).Message, 403);

    protected void On(string operation, Func<QueryCall, IEnumerable<XElement>> handler) => operations.Add(operation, handler);

    /// <summary>Registers TagResource, UntagResource and ListTagsForResource.</summary>
    /// <param name="tagsOf">The tags of the resource that a call names.</param>
    protected void OnTags(Func<QueryCall, IDictionary<string, string>> tagsOf)
    {
        On("TagResource", call =>
        {
            foreach (var (key, value) in call.Tags("Tags"))
            {
                tagsOf(call)[key] = value;
            }

            return [];
        });
        On("UntagResource", call =>
        {
            foreach (var key in call.List("TagKeys"))
            {
                tagsOf(call).Remove(key);
            }

            return [];
        });
        On("ListTagsForResource", call => [call.TagList("Tags", tagsOf(call))]);
    }

    protected virtual string Wrap(ApiRequest request, string operation, XElement[] content)
        => WireXml.Of(new XElement(
            Namespace + $"{operation}Response",
            new XElement(Namespace + $"{operation}Result", content),
            new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", request.Id))));
}

/// <summary>One call of a query service.</summary>
internal sealed class QueryCall(ApiRequest request, XNamespace xmlNamespace, IReadOnlyList<KeyValuePair<string, string>> parameters)
{
    public ApiRequest Request { get; } = request;

    public string Account => Request.Account;

    public string Region => Request.Region;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => parameters;

    public static IReadOnlyList<KeyValuePair<string, string>> ParametersOf(ApiRequest request)
        => request.Method == "POST" ? QueryText.Parse(request.BodyText, plusIsSpace: true) : request.Query;

    public string? Text(string name) => parameters.FirstOrDefault(p => p.Key == name).Value;

    public string Required(string name)
        => Text(name) is { Length: > 0 } value ? value : throw new ApiException("MissingParameter", $"The request must contain the parameter {name}");

    public bool Flag(string name) => Text(name) is "true" or "True";

    /// <summary>A list, as <c>Name.member.1</c> or <c>Name.1</c>.</summary>
    public IReadOnlyList<string> List(string name)
        => [.. parameters.Where(p => p.Key.StartsWith($"{name}.", StringComparison.Ordinal) && IsIndex(p.Key[(name.Length + 1)..])).Select(p => p.Value)];

    /// <summary>Tags, as <c>Name.member.1.Key</c> and <c>Name.member.1.Value</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags(string name)
        => [.. parameters
            .Where(p => p.Key.StartsWith($"{name}.member.", StringComparison.Ordinal) && p.Key.EndsWith(".Key", StringComparison.Ordinal))
            .Select(p => KeyValuePair.Create(p.Value, Text($"{p.Key[..^"Key".Length]}Value") ?? string.Empty))];

    /// <summary>Builds the tag list of a response.</summary>
    public XElement TagList(string name, IEnumerable<KeyValuePair<string, string>> tags)
        => Element(name, tags.Select(t => Element("member", Element("Key", t.Key), Element("Value", t.Value))));

    public XElement Element(string name, params object?[] content) => new(xmlNamespace + name, content);

    private static bool IsIndex(string rest)
        => int.TryParse(rest.StartsWith("member.", StringComparison.Ordinal) ? rest["member.".Length..] : rest, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

/// <summary>Formats values for the XML protocols.</summary>
internal static class XmlValues
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Flag(bool value) => value ? "true" : "false";
}
