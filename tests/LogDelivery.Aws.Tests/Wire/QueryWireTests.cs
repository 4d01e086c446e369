using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using Xunit;

namespace LogDelivery.Aws.Tests.Wire;

/// <summary>
/// Every query operation against AWS's description: the fields of its form are members of the input, and an answer written
/// by the description fills every property that is read.
/// </summary>
public sealed class QueryWireTests
{
    private static readonly Dictionary<string, IReadOnlyList<IServiceOperation>> Services = new()
    {
        ["sts"] = StsOperations.All,
        ["sns"] = SnsOperations.All,
        ["iam"] = IamOperations.All,
        ["ec2"] = Ec2Operations.All,
        ["cloudwatch"] = CloudWatchOperations.All,
    };

    public static TheoryData<string, string> Operations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (service, operations) in Services)
            {
                foreach (var operation in operations)
                {
                    data.Add(service, operation.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_is_as_aws_describes_it(string service, string name)
    {
        var description = ServiceDescription.Read(service);
        var operation = Services[service].Single(o => o.Name == name);
        CheckModel(description, operation.Service);
        var described = description.Operation(name);
        CheckInput(description, described, operation);
        CheckOutput(description, described, operation);
    }

    private static void CheckModel(ServiceDescription description, ServiceModel model)
    {
        string? Value(string name) => description.Metadata.TryGetProperty(name, out var value) ? value.GetString() : null;

        // A service may speak newer protocols first and this one still.
        var protocols = description.Metadata.TryGetProperty("protocols", out var all) ? all.EnumerateArray().Select(p => p.GetString()).ToArray() : [Value("protocol")];
        Assert.NotEmpty(protocols.Intersect((string[])["query", "ec2"]));
        Assert.Equal(model.ServiceId, Value("serviceId"));
        Assert.Equal(model.EndpointPrefix, Value("endpointPrefix"));
        Assert.Equal(model.ApiVersion, Value("apiVersion"));
    }

    private static void CheckInput(ServiceDescription description, JsonElement described, IServiceOperation operation)
    {
        var shape = description.ShapeOf(described, "input");
        var write = (Delegate)operation.GetType().GetProperty("Write")!.GetValue(operation)!;
        var input = Sample(write.Method.GetParameters()[^1].ParameterType);
        var fields = ((IEnumerable<(string Name, string? Value)>)write.DynamicInvoke(input)!).ToArray();
        var isEc2 = description.Metadata.GetProperty("protocol").GetString() == "ec2";
        foreach (var (field, value) in fields)
        {
            Follow(description, shape, field, isEc2, operation.Name);
            Assert.False(string.IsNullOrEmpty(value), $"{field} has no value.");
        }

        var names = fields.Select(f => f.Name.Split('.')[0]).Distinct().ToArray();
        Assert.Empty(ServiceDescription.RequiredOf(shape).Except(names));
        Assert.Equal(input.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Length, names.Length);
    }

    // A list's items are Name.1 in EC2's dialect and Name.member.1 in the other; a structure's members follow after a dot.
    private static void Follow(ServiceDescription description, JsonElement? shape, string field, bool isEc2, string operation)
    {
        var where = shape;
        var parts = new Queue<string>(field.Split('.'));
        while (parts.TryDequeue(out var part))
        {
            Assert.True(where is { }, $"AWS has no {operation}.{field}.");
            switch (where.Value.GetProperty("type").GetString())
            {
                case "structure":
                    var members = where.Value.GetProperty("members").EnumerateObject().ToDictionary(m => WireName(m, isEc2), m => description.Shape(m.Value.GetProperty("shape").GetString()!));
                    Assert.True(members.TryGetValue(part, out var member), $"AWS has no {operation}.{field}.");
                    where = member;
                    break;
                case "list":
                    var number = isEc2 ? part : part == "member" ? parts.Dequeue() : string.Empty;
                    Assert.True(int.TryParse(number, CultureInfo.InvariantCulture, out _), $"{operation}.{field} is a list.");
                    where = description.Shape(where.Value.GetProperty("member").GetProperty("shape").GetString()!);
                    break;
                default:
                    Assert.Fail($"{operation}.{field} is no structure.");
                    break;
            }
        }

        Assert.DoesNotContain(where!.Value.GetProperty("type").GetString(), (string[])["structure", "list", "map"]);
    }

    private static void CheckOutput(ServiceDescription description, JsonElement described, IServiceOperation operation)
    {
        var answer = new XElement($"{operation.Name}Response");
        var target = answer;
        if (!described.TryGetProperty("output", out var reference))
        {
            Assert.IsType<NoOutput>(operation.GetType().GetMethod("ReadDocument")!.Invoke(operation, [new XDocument(answer)]));
            return;
        }

        // Only the descriptions of services that speak nothing newer name the wrapper; it is the same everywhere.
        if (description.Metadata.GetProperty("protocol").GetString() != "ec2")
        {
            target = new XElement(reference.TryGetProperty("resultWrapper", out var wrapper) ? wrapper.GetString()! : $"{operation.Name}Result");
            answer.Add(target);
        }

        Write(description, target, description.ShapeOf(described, "output")!.Value, 0);
        var output = operation.GetType().GetMethod("ReadDocument")!.Invoke(operation, [new XDocument(answer)])!;
        CheckFilled(output, operation.Name);
    }

    private static string WireName(JsonProperty member, bool isEc2)
    {
        if (isEc2 && member.Value.TryGetProperty("queryName", out var query))
        {
            return query.GetString()!;
        }

        var name = member.Value.TryGetProperty("locationName", out var location) ? location.GetString()! : member.Name;
        return isEc2 ? char.ToUpperInvariant(name[0]) + name[1..] : name;
    }

    private static void Write(ServiceDescription description, XElement element, JsonElement shape, int depth)
    {
        JsonElement Of(JsonElement reference) => description.Shape(reference.GetProperty("shape").GetString()!);
        static string Name(JsonElement reference, string otherwise) => reference.TryGetProperty("locationName", out var n) ? n.GetString()! : otherwise;

        // Some shapes hold themselves.
        if (depth > 6)
        {
            return;
        }

        switch (shape.GetProperty("type").GetString())
        {
            case "structure":
                foreach (var member in shape.GetProperty("members").EnumerateObject())
                {
                    var child = new XElement(Name(member.Value, member.Name));
                    Write(description, child, Of(member.Value), depth + 1);
                    element.Add(child);
                }

                break;
            case "list":
                var item = new XElement(Name(shape.GetProperty("member"), "member"));
                Write(description, item, Of(shape.GetProperty("member")), depth + 1);
                element.Add(item);
                break;
            case "map":
                element.Add(new XElement("entry", new XElement("key", "Policy"), new XElement("value", "sample")));
                break;
            case var scalar:
                element.Value = scalar switch
                {
                    "boolean" => "true",
                    "integer" or "long" or "double" => "7",
                    "timestamp" => "2026-11-23T09:32:50.000Z",
                    _ => "sample",
                };
                break;
        }
    }

    private static void CheckFilled(object? value, string where)
    {
        Assert.True(value is not null, $"{where} was not read.");
        switch (value)
        {
            case string text:
                Assert.Equal("sample", text);
                break;
            case bool flag:
                Assert.True(flag, where);
                break;
            case DateTime time:
                Assert.Equal(new DateTime(2026, 11, 23, 9, 32, 50, DateTimeKind.Utc), time);
                break;
            case double number:
                Assert.Equal(7, number);
                break;
            case IDictionary map:
                Assert.NotEmpty(map);
                break;
            case IEnumerable list:
                var items = list.Cast<object?>().ToArray();
                Assert.NotEmpty(items);
                Assert.All(items, i => CheckFilled(i, $"{where}[]"));
                break;
            default:
                foreach (var property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
                {
                    CheckFilled(property.GetValue(value), $"{where}.{property.Name}");
                }

                break;
        }
    }

    private static object Sample(Type type)
    {
        if (type == typeof(string))
        {
            return "sample";
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(int) || plain == typeof(double) || plain == typeof(bool))
        {
            return System.Convert.ChangeType(1, plain, CultureInfo.InvariantCulture);
        }

        if (typeof(IEnumerable<string>).IsAssignableFrom(type))
        {
            return new[] { "sample" };
        }

        if (typeof(IReadOnlyDictionary<string, string>).IsAssignableFrom(type))
        {
            return new Dictionary<string, string> { ["sample"] = "sample" };
        }

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var sample = constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            property.SetValue(sample, Sample(property.PropertyType));
        }

        return sample;
    }
}
