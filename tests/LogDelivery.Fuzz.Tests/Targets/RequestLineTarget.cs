using System.Text;
using System.Text.Json;
using LogDelivery.Cli;
using LogDelivery.Policies;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A line of the file of requests that <c>logdelivery evaluate</c> reads.</summary>
internal sealed class RequestLineTarget : IFuzzTarget
{
    private static readonly PolicyDocument Policy = PolicyDocument.Parse(PolicySeeds.Bucket[3]);

    public string Name => "RequestLine";

    public IEnumerable<byte[]> Seeds =>
    [
        .. Encoding.UTF8.GetString(Corpus.Sample("requests.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes),
        """{"principal":"*","action":"s3:PutObject","resource":"arn:aws:s3:::trail-logs/a","context":{"aws:TagKeys":["a",["b"],1,true,null],"s3:max-keys":-1.5e2},"unknown":["aws:SourceVpce"]}"""u8.ToArray(),
        """{"principal":{"CanonicalUser":"79a5"},"action":"s3:*","resource":"*"}"""u8.ToArray(),
    ];

    // What the command catches.
    public bool IsDocumented(Exception exception) => exception is FormatException or JsonException or ArgumentException;

    public void Run(byte[] input, Screen screen)
    {
        var request = RequestLine.Parse(Parts.Text(input));
        screen.Show(request.ToString());
        screen.Show(Policy.Explain(request).Reason);
    }
}
