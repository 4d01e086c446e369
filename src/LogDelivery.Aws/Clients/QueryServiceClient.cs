using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace LogDelivery.Aws.Clients;

/// <summary>An operation of a service that takes a form and answers in XML.</summary>
/// <typeparam name="TInput">The members that are sent.</typeparam>
/// <typeparam name="TOutput">The members that are read.</typeparam>
/// <param name="Service">The service.</param>
/// <param name="Name">The operation.</param>
/// <param name="Write">The members of the input as fields of the form; a null value is left out.</param>
/// <param name="Read">Reads the output from the element that holds its members.</param>
internal sealed record QueryOperation<TInput, TOutput>(
    ServiceModel Service, string Name, Func<TInput, IEnumerable<(string Name, string? Value)>> Write, Func<XElement, TOutput> Read) : IServiceOperation
    where TOutput : class
{
    /// <summary>Declares an operation that has the name of the property that holds it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="write">The members of the input as fields of the form; a null value is left out.</param>
    /// <param name="read">Reads the output from the element that holds its members.</param>
    /// <param name="name">The operation; the compiler passes the name of the property.</param>
    public QueryOperation(
        ServiceModel service, Func<TInput, IEnumerable<(string Name, string? Value)>> write, Func<XElement, TOutput> read, [CallerMemberName] string name = "")
        : this(service, name, write, read)
    {
    }

    /// <summary>Reads a whole answer. The query protocol wraps the members in an element of their own; EC2 does not.</summary>
    public TOutput ReadDocument(XDocument document)
    {
        var root = document.Root!;
        return Read(root.Elements().FirstOrDefault(e => e.Name.LocalName == $"{Name}Result") ?? root);
    }
}

/// <summary>Calls a service of the query protocol, or of EC2's dialect of it.</summary>
internal sealed class QueryServiceClient(ServiceModel model, AWSCredentials credentials, string region, ClientSettings settings)
    : ServiceClient(model, credentials, region, settings)
{
    /// <summary>Calls an operation.</summary>
    public Task<TOutput> CallAsync<TInput, TOutput>(QueryOperation<TInput, TOutput> operation, TInput input, CancellationToken cancellationToken)
        where TOutput : class
        => CallAsync<TOutput>(
            operation.Name, new QueryMarshaller(operation, operation.Write(input)), new QueryResponseReader<TOutput>(operation.ReadDocument), cancellationToken);

    private sealed class QueryMarshaller(IServiceOperation operation, IEnumerable<(string Name, string? Value)> fields)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var form = new StringBuilder($"Action={operation.Name}&Version={operation.Service.ApiVersion}");
            foreach (var (name, value) in fields.Where(f => f.Value is not null))
            {
                form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value!));
            }

            return new DefaultRequest(input, operation.Service.ServiceId)
            {
                Headers = { ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8" },
                HttpMethod = "POST",
                ResourcePath = "/",
                Content = Encoding.UTF8.GetBytes(form.ToString()),
            };
        }
    }

    private sealed class QueryResponseReader<TOutput>(Func<XDocument, TOutput> read) : XmlResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            using var reader = XmlReader.Create(input.Stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return new ServiceResponse<TOutput> { Value = read(XDocument.Load(reader)) };
        }

        public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var error = new XmlErrorResponseUnmarshaller().Unmarshall(input);
            return new(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }
    }
}
