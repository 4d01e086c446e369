using System.Text;
using LogDelivery.Cli;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>The command line on files that others wrote. A file says in its first line what is asked of the rest.</summary>
internal sealed class CommandLineTarget : IFuzzTarget
{
    private static readonly string[] Delivery = ["--source", "CloudTrail", "--bucket", "trail-logs", "--account", "111122223333", "--region", "us-east-1"];

    public string Name => "CommandLine";

    public int Share => 5;

    public IEnumerable<byte[]> Seeds =>
    [
        .. PolicySeeds.Bucket.Select(p => Encoding.UTF8.GetBytes($"p{p}")),
        .. PolicySeeds.Bucket.Select(p => Encoding.UTF8.GetBytes($"c{p}")),
        [(byte)'e', .. Corpus.Sample("requests.jsonl")],
        "m\"text\"\n{\"eventName\":\"PutObject\"}\n\n7\nbad\n\"\\u001b[2J\\ud83d\"\n"u8.ToArray(),
        [(byte)'f', .. Corpus.Sample("logs/access.log").Take(1500)],
        [(byte)'a', .. Corpus.Sample("logs/access.log").Take(1500)],
        [(byte)'d', .. Corpus.Sample("destinations/cloudtrail.json").Take(1200)],
    ];

    public IEnumerable<KnownFault> Known =>
    [
        new("InvalidOperationException", "RequestLine.Parse", "Half a pair of surrogates in a request ends the command with a stack trace."),
        new(nameof(RawTextException), string.Empty, "Messages of errors do not go through VisibleText yet."),
    ];

    public void Run(byte[] input, Screen screen)
    {
        if (input.Length == 0)
        {
            return;
        }

        var file = TemporaryFolder.Write("input", input[1..]);
        var policy = TemporaryFolder.Write("policy.json", Encoding.UTF8.GetBytes(PolicySeeds.Bucket[0]));
        string[] args = (char)input[0] switch
        {
            'p' => ["test-policy", "--policy", file, "--output", "json", .. Delivery],
            'c' => ["compare-policy", policy, policy, "--output", "json"],
            'e' => ["evaluate", "--policy", policy, "--requests", file, "--output", "json"],
            'm' => ["match", "--pattern", "?a ?e ?0", "--events", file, "--verdicts"],
            'f' => ["failures", file, "--output", "json"],
            'a' => ["access", file, "--output", "json"],
            _ => ["destinations", file, "--output", "json"],
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CommandLine.Run(args, output, error);
        if (exitCode is < 0 or > 3)
        {
            throw new InvalidOperationException($"{args[0]} ends with {exitCode}.");
        }

        screen.ShowAsWritten(error.ToString());
    }
}
