using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using Xunit;

namespace LogDelivery.Aws.Tests.Wire;

/// <summary>Every JSON operation against AWS's description: target, names and types of members.</summary>
public sealed class JsonWireTests
{
    private static readonly Dictionary<string, IReadOnlyList<IServiceOperation>> Services = new()
    {
        ["cloudtrail"] = CloudTrailOperations.All,
        ["kms"] = KmsOperations.All,
        ["logs"] = LogsOperations.All,
        ["firehose"] = FirehoseOperations.All,
        ["organizations"] = OrganizationsOperations.All,
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
        Assert.Equal(("POST", "/"), (described.GetProperty("http").GetProperty("method").GetString(), described.GetProperty("http").GetProperty("requestUri").GetString()));
        var input = description.ShapeOf(described, "input");
        var inputType = Info(operation, "Input");
        Compare(description, input, inputType, $"{name}.Input");
        Assert.Empty(ServiceDescription.RequiredOf(input).Except(inputType.Properties.Select(p => p.Name)));
        Compare(description, description.ShapeOf(described, "output"), Info(operation, "Output"), $"{name}.Output");
    }

    private static void CheckModel(ServiceDescription description, ServiceModel model)
    {
        string? Value(string name) => description.Metadata.TryGetProperty(name, out var value) ? value.GetString() : null;
        Assert.Equal("json", Value("protocol"));
        Assert.Equal("1.1", Value("jsonVersion"));
        Assert.Equal(model.TargetPrefix, Value("targetPrefix"));
        Assert.Equal(model.ServiceId, Value("serviceId"));
        Assert.Equal(model.EndpointPrefix, Value("endpointPrefix"));
        Assert.Equal(model.ApiVersion, Value("apiVersion"));
    }

    private static JsonTypeInfo Info(IServiceOperation operation, string side)
        => (JsonTypeInfo)operation.GetType().GetProperty(side)!.GetValue(operation)!;

    private static void Compare(ServiceDescription description, JsonElement? shape, JsonTypeInfo type, string where)
    {
        if (shape is not { } described)
        {
            Assert.Empty(type.Properties);
            return;
        }

        switch (described.GetProperty("type").GetString())
        {
            case "structure":
                Assert.Equal(JsonTypeInfoKind.Object, type.Kind);
                foreach (var property in type.Properties)
                {
                    Assert.True(described.GetProperty("members").TryGetProperty(property.Name, out var member), $"AWS has no {where}.{property.Name}.");
                    Compare(description, description.Shape(member.GetProperty("shape").GetString()!), type.Options.GetTypeInfo(property.PropertyType), $"{where}.{property.Name}");
                }

                break;
            case "list":
                Assert.True(type.Kind == JsonTypeInfoKind.Enumerable, $"{where} is a list.");
                Compare(description, description.Shape(described.GetProperty("member").GetProperty("shape").GetString()!), type.Options.GetTypeInfo(type.Type.GetGenericArguments().Single()), $"{where}[]");
                break;
            case var scalar:
                var expected = scalar switch
                {
                    "string" => typeof(string),
                    "boolean" => typeof(bool),
                    "integer" => typeof(int),
                    "long" => typeof(long),
                    "double" => typeof(double),
                    "timestamp" => typeof(DateTime),
                    _ => null,
                };
                Assert.True(expected == (Nullable.GetUnderlyingType(type.Type) ?? type.Type), $"{where} is a {scalar}.");
                break;
        }
    }
}
