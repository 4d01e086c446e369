using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Templates;
using YamlDotNet.RepresentationModel;

namespace LogDelivery.Tests.Templates;

/// <summary>
/// A template as CloudFormation would make a stack of it: read by a YAML library of others, its functions put in. What a
/// function does that is not known here is an error.
/// </summary>
internal sealed partial class DeployedTemplate
{
    public const string Account = "111122223333";
    public const string Region = "eu-west-1";
    public const string Bucket = "amzn-s3-demo-bucket";
    public const string WatchedTrail = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/management";

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal)
    {
        ["AWS::AccountId"] = Account,
        ["AWS::Region"] = Region,
        ["AWS::Partition"] = "aws",
        ["TrailBucket"] = "amzn-s3-demo-trail-bucket",
        ["TrailBucket.Arn"] = "arn:aws:s3:::amzn-s3-demo-trail-bucket",
        ["Topic"] = $"arn:aws:sns:{Region}:{Account}:stack-topic",
        ["Trail.Arn"] = $"arn:aws:cloudtrail:{Region}:{Account}:trail/by-attribute",
        ["TrailRole.Arn"] = $"arn:aws:iam::{Account}:role/stack-trail-role",
        ["StatusRole.Arn"] = $"arn:aws:iam::{Account}:role/stack-status-role",
        ["StatusFunction"] = "logdelivery-trail-status",
        ["StatusFunction.Arn"] = $"arn:aws:lambda:{Region}:{Account}:function:logdelivery-trail-status",
        ["WatchedBucketName"] = Bucket,
        ["WatchedTrailArn"] = WatchedTrail,
        ["LogGroupName"] = "management-events",
        ["ArchiveBucketName"] = "amzn-s3-demo-archive-bucket",
        ["ArchiveBucket"] = "amzn-s3-demo-archive-bucket",
        ["ArchiveBucket.Arn"] = "arn:aws:s3:::amzn-s3-demo-archive-bucket",
        ["ArchiveKey.Arn"] = $"arn:aws:kms:{Region}:{Account}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ["StreamRole.Arn"] = $"arn:aws:iam::{Account}:role/stack-stream-role",
        ["SubscriptionRole.Arn"] = $"arn:aws:iam::{Account}:role/stack-subscription-role",
        ["ErrorLogStream"] = "DestinationDelivery",
        ["DeliveryStream.Arn"] = $"arn:aws:firehose:{Region}:{Account}:deliverystream/logdelivery-pipeline",
    };

    private readonly JsonObject resources;

    public DeployedTemplate(string id, TemplateOptions? options = null)
    {
        Yaml = TemplatePresets.Find(id)!.Create(options ?? new()).ToYaml();
        Document = (JsonObject)Parse(Yaml)!;
        foreach (var (name, parameter) in Document["Parameters"]!.AsObject())
        {
            if (parameter!["Default"] is { } byDefault)
            {
                values.TryAdd(name, byDefault.ToString());
            }
        }

        foreach (var (name, resource) in Document["Resources"]!.AsObject().Where(r => (string?)r.Value!["Type"] == "AWS::Logs::LogGroup"))
        {
            values[name] = Text(Resolve(resource!["Properties"]!["LogGroupName"]));
            values[$"{name}.Arn"] = $"arn:aws:logs:{Region}:{Account}:log-group:{values[name]}:*";
        }

        resources = (JsonObject)Resolve(Document["Resources"])!;
    }

    public string Yaml { get; }

    public JsonObject Document { get; }

    public string TrailArn => $"arn:aws:cloudtrail:{Region}:{Account}:trail/{values["TrailName"]}";

    public static JsonNode? Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Convert(stream.Documents[0].RootNode);
    }

    public string Value(string name) => values[name];

    public bool Has(string resource) => resources.ContainsKey(resource);

    public JsonObject Properties(string resource) => resources[resource]!["Properties"]!.AsObject();

    public IEnumerable<JsonObject> OfType(string type) => resources.Select(r => r.Value!.AsObject()).Where(r => (string?)r["Type"] == type).Select(r => r["Properties"]!.AsObject());

    public PolicyDocument Policy(string resource, PolicyKind kind = PolicyKind.Any)
    {
        var policy = Properties(resource)["PolicyDocument"]!;
        return PolicyDocument.Parse(policy is JsonValue text ? text.GetValue<string>() : policy.ToJsonString(), kind);
    }

    /// <summary>The selectors of the trail that the template makes.</summary>
    public EventSelection Selectors() => new([], [.. Properties("Trail")["AdvancedEventSelectors"]!.AsArray().Select(s => new AdvancedEventSelector(
        (string?)s!["Name"],
        [.. s["FieldSelectors"]!.AsArray().Select(f => new EventFieldSelector { Field = (string)f!["Field"]!, EqualTo = Texts(f["Equals"]), StartsWith = Texts(f["StartsWith"]) })]))]);

    private static string[] Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(Text)];

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Convert(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain when long.TryParse(plain.Value, out var number) => JsonValue.Create(number),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException($"{node} is unknown."),
    };

    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } function when (string?)function["Ref"] is { } name => JsonValue.Create(values[name]),
        JsonObject { Count: 1 } function when function["Fn::Sub"] is { } text => JsonValue.Create(Place().Replace(text.GetValue<string>(), m => values[m.Groups[1].Value])),
        JsonObject { Count: 1 } function when function["Fn::GetAtt"] is JsonArray names => JsonValue.Create(values[string.Join('.', names.Select(Text))]),
        JsonObject function when function.Any(m => m.Key.StartsWith("Fn::", StringComparison.Ordinal)) => throw new InvalidOperationException($"{function.ToJsonString()} is unknown."),
        JsonObject mapping => new JsonObject(mapping.Select(m => KeyValuePair.Create(m.Key, Resolve(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Resolve)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Place();
}
