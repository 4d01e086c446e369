using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace LogDelivery.Aws.Clients;

/// <summary>An operation of a service that speaks JSON 1.1.</summary>
/// <typeparam name="TInput">The members that are sent.</typeparam>
/// <typeparam name="TOutput">The members that are read.</typeparam>
/// <param name="Service">The service.</param>
/// <param name="Name">The operation.</param>
/// <param name="Input">Writes the input.</param>
/// <param name="Output">Reads the output.</param>
internal sealed record JsonOperation<TInput, TOutput>(
    ServiceModel Service, string Name, JsonTypeInfo<TInput> Input, JsonTypeInfo<TOutput> Output) : IServiceOperation
    where TOutput : class
{
    /// <summary>Declares an operation that has the name of the property that holds it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="json">Knows the types of the input and the output.</param>
    /// <param name="name">The operation; the compiler passes the name of the property.</param>
    public JsonOperation(ServiceModel service, JsonSerializerContext json, [CallerMemberName] string name = "")
        : this(service, name, TypeIn<TInput>(json), TypeIn<TOutput>(json))
    {
    }

    private static JsonTypeInfo<T> TypeIn<T>(JsonSerializerContext json)
        => (JsonTypeInfo<T>)(json.GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"{json.GetType().Name} lacks [JsonSerializable(typeof({typeof(T).Name}))]."));
}

/// <summary>The output of an operation that returns nothing.</summary>
internal sealed record NoOutput;

/// <summary>An operation, whatever its types are.</summary>
internal interface IServiceOperation
{
    /// <summary>The service.</summary>
    ServiceModel Service { get; }

    /// <summary>The operation.</summary>
    string Name { get; }
}

/// <summary>Calls a service that speaks JSON 1.1: the operation is a header, input and output are objects.</summary>
internal sealed class JsonServiceClient(ServiceModel model, AWSCredentials credentials, string region, ClientSettings settings)
    : ServiceClient(model, credentials, region, settings)
{
    /// <summary>Calls an operation.</summary>
    public Task<TOutput> CallAsync<TInput, TOutput>(JsonOperation<TInput, TOutput> operation, TInput input, CancellationToken cancellationToken)
        where TOutput : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(input, operation.Input);
        return CallAsync<TOutput>(operation.Name, new JsonMarshaller(operation, body), new JsonResponseReader<TOutput>(operation.Output), cancellationToken);
    }

    private sealed class JsonMarshaller(IServiceOperation operation, byte[] body) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input) => new DefaultRequest(input, operation.Service.ServiceId)
        {
            Headers =
            {
                ["X-Amz-Target"] = $"{operation.Service.TargetPrefix}.{operation.Name}",
                ["Content-Type"] = "application/x-amz-json-1.1",
                ["x-amz-api-version"] = operation.Service.ApiVersion,
            },
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = body,
        };
    }

    private sealed class JsonResponseReader<TOutput>(JsonTypeInfo<TOutput> output) : JsonResponseUnmarshaller
        where TOutput : class
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using var copy = new MemoryStream();
            input.Stream.CopyTo(copy);

            // An operation without output may answer with no body or anything; from any other, no body is half an answer.
            var value = typeof(TOutput) == typeof(NoOutput)
                ? (TOutput)(object)new NoOutput()
                : JsonSerializer.Deserialize(copy.GetBuffer().AsSpan(0, (int)copy.Length), output);
            return new ServiceResponse<TOutput> { Value = value ?? throw new JsonException("The answer is null.") };
        }

        public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            return new(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }
    }
}
