using System.Net;
using System.Net.Sockets;
using System.Text;
using LogDelivery.Sandbox;
using LogDelivery.Sandbox.Http;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Requests as they come over a socket: the sandbox answers each, however broken it is.</summary>
internal sealed class SandboxHttpTarget : IFuzzTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Token = "X-Sandbox-Token: fuzz";

    private static readonly SandboxHost Host = new(new SandboxOptions { ControlToken = "fuzz", Scenario = Encoding.UTF8.GetString(Corpus.Sample("scenarios/watched-bucket.json")), StartTime = DateTimeOffset.UnixEpoch.AddYears(56) });

    public string Name => "SandboxHttp";

    public int Share => 15;

    public IEnumerable<byte[]> Seeds => new[]
    {
        Request("GET", "/", string.Empty),
        Request("PUT", "/amzn-s3-demo-new", string.Empty),
        Request("GET", "/amzn-s3-demo-watched?policy", string.Empty),
        Request("PUT", "/amzn-s3-demo-watched/a%20b?x-id=PutObject", "body", "x-amz-acl: bucket-owner-full-control"),
        Request("GET", "/amzn-s3-demo-watched?list-type=2&prefix=a&max-keys=3&delimiter=%2F", string.Empty),
        Request("PUT", "/amzn-s3-demo-watched?policy", PolicySeeds.Bucket[0]),
        Request("PUT", "/amzn-s3-demo-watched?encryption", "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"),
        Request("POST", "/amzn-s3-demo-watched/k?uploads", string.Empty),
        Request("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", "Content-Type: application/x-www-form-urlencoded", "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260131/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00"),
        Request("POST", "/", "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fr&RoleSessionName=s", "Content-Type: application/x-www-form-urlencoded"),
        Request("POST", "/", "Action=DescribeFlowLogs&Version=2016-11-15&Filter.1.Name=a&Filter.1.Value.1=b", "Content-Type: application/x-www-form-urlencoded"),
        Request("POST", "/", """{"trailNameList":["management"],"includeShadowTrails":true}""", "X-Amz-Target: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails"),
        Request("POST", "/", """{"TrailName":"management","EventSelectors":[{"ReadWriteType":"All","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]}""", "X-Amz-Target: CloudTrail_20131101.PutEventSelectors"),
        Request("POST", "/", """{"logGroupName":"g","filterName":"f","filterPattern":"{ $.a = 1 }","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "X-Amz-Target: Logs_20140328.PutMetricFilter"),
        Request("POST", "/", """{"KeyId":"alias/a","PolicyName":"default"}""", "X-Amz-Target: TrentService.GetKeyPolicy"),
        Request("GET", "/_sandbox/state", string.Empty, Token),
        Request("POST", "/_sandbox/advance", """{"minutes":5}""", Token),
        Request("POST", "/_sandbox/deliveries", """{"source":"VpcFlowLogs","bucket":"amzn-s3-demo-watched"}""", Token),
        "PUT /b/k HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nbody\r\n0\r\nx: y\r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: b.s3.localhost\r\nExpect: 100-continue\r\nx-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nContent-Length: 14\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
    }.Select(Encoding.UTF8.GetBytes);

    // The caller went away, or hears of a fault that he asked for.
    public bool IsDocumented(Exception exception) => exception is SocketException or IOException or ObjectDisposedException or CutConnectionException;

    public void Run(byte[] input, Screen screen) => RunAsync(input).GetAwaiter().GetResult();

    private static string Request(string method, string target, string body, params string[] headers)
        => $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:4566\r\n{string.Concat(headers.Select(h => $"{h}\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static async Task RunAsync(byte[] input)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!).ConfigureAwait(false);
        using var server = await listener.AcceptAsync().ConfigureAwait(false);
        var serving = ServeAsync(server);
        var reading = ReadAsync(client);
        try
        {
            for (var sent = 0; sent < input.Length;)
            {
                sent += await client.SendAsync(input.AsMemory(sent)).ConfigureAwait(false);
            }

            client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The sandbox answered before it had read everything, and closed.
        }

        // A fault may make an answer wait for as long as it was told.
        await Task.WhenAny(serving, Task.Delay(Patience)).ConfigureAwait(false);
        client.Close();
        await serving.ConfigureAwait(false);
        _ = await reading.ConfigureAwait(false);
    }

    private static async Task ServeAsync(Socket server)
    {
        await new HttpConnection(server, Host).RunAsync().ConfigureAwait(false);
        server.Close();
    }

    private static async Task<long> ReadAsync(Socket client)
    {
        var buffer = new byte[64 * 1024];
        var length = 0L;
        try
        {
            while (await client.ReceiveAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }

        return length;
    }
}
