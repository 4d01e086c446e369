using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace LogDelivery.Sandbox.Services;

/// <summary>
/// CloudWatch over JSON 1.0, which newer SDKs speak to it: it translates the forms and XML of <see
/// cref="CloudWatchService"/>. Source: the service's model lists the protocols smithy-rpc-v2-cbor, json and query.
/// </summary>
internal sealed class CloudWatchJsonService : JsonService
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "Period", "EvaluationPeriods", "DatapointsToAlarm", "Threshold" };

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "MetricAlarms", "CompositeAlarms", "AlarmActions", "OKActions", "InsufficientDataActions", "Tags",
    };

    public CloudWatchJsonService(CloudWatchService service)
        : base(service.Prefix, "GraniteServiceVersion20100801", "1.0")
    {
        foreach (var operation in service.Operations)
        {
            On(operation, call => Translate(service.Run(call.Request, operation, Form(call.Input))));
        }
    }

    /// <summary>The input as the query protocol spells it: <c>AlarmActions.member.1</c>, <c>Tags.member.1.Key</c>.</summary>
    private static List<KeyValuePair<string, string>> Form(JsonObject input)
    {
        var form = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in input)
        {
            Add(form, name, value);
        }

        return form;
    }

    private static void Add(List<KeyValuePair<string, string>> form, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (member, inner) in members)
                {
                    Add(form, $"{name}.{member}", inner);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Add(form, $"{name}.member.{i + 1}", items[i]);
                }

                break;
            case not null:
                form.Add(new(name, value.ToString()));
                break;
        }
    }

    private static JsonObject Translate(IEnumerable<XElement> elements)
    {
        var result = new JsonObject();
        foreach (var element in elements)
        {
            result[element.Name.LocalName] = Value(element);
        }

        return result;
    }

    private static JsonNode Value(XElement element)
    {
        var name = element.Name.LocalName;
        if (Lists.Contains(name))
        {
            return new JsonArray([.. element.Elements().Select(Value)]);
        }

        return element.HasElements ? Translate(element.Elements())
            : Numbers.Contains(name) ? JsonNode.Parse(element.Value)!
            : name == "ActionsEnabled" ? JsonValue.Create((bool)element)
            : name.EndsWith("Timestamp", StringComparison.Ordinal) ? WireValues.Time((DateTimeOffset)element)!
            : JsonValue.Create(element.Value);
    }
}
