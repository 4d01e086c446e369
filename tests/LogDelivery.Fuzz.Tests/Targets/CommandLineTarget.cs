using System.Text;
using LogDelivery.Cli;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>The command line on files that others wrote. A file says in its first line what is asked of the rest.</summary>
internal sealed class CommandLineTarget : IFuzzTarget
{
    private static readonly string[] Delivery = ["--source", "CloudTrail", "--bucket", "trail-logs", "--account", "111122223333", "--region", "us-east-1"];

    public string Name => "CommandLine";

    public int Share => 5;

    // A capital letter asks for a table.
    public IEnumerable<byte[]> Seeds =>
    [
        .. PolicySeeds.Bucket.SelectMany(p => new[] { $"p{p}", $"P{p}", $"c{p}", $"C{p}" }).Select(Encoding.UTF8.GetBytes),
        .. Both('e', Corpus.Sample("requests.jsonl")),
        "m\"text\"\n{\"eventName\":\"PutObject\"}\n\n7\nbad\n\"\\u001b[2J\\ud83d\"\n"u8.ToArray(),
        .. Both('f', Corpus.Sample("logs/access.log")[..1200]),
        .. Both('a', Corpus.Sample("logs/access.log")[..1000]),
        .. Both('d', Corpus.Sample("destinations/cloudtrail.json")[..1200]),
    ];

    public void Run(byte[] input, Screen screen)
    {
        if (input.Length == 0)
        {
            return;
        }

        string[] format = ["--output", char.IsAsciiLetterUpper((char)input[0]) ? "table" : "json"];
        var file = TemporaryFolder.Write("input", input[1..]);
        var policy = TemporaryFolder.Write("policy.json", Encoding.UTF8.GetBytes(PolicySeeds.Bucket[0]));
        string[] args = char.ToLowerInvariant((char)input[0]) switch
        {
            'p' => ["test-policy", "--policy", file, .. format, .. Delivery],
            'c' => ["compare-policy", policy, file, .. format],
            'e' => ["evaluate", "--policy", policy, "--requests", file, .. format],
            'm' => ["match", "--pattern", "?a ?e ?0", "--events", file, "--verdicts"],
            'f' => ["failures", file, .. format],
            'a' => ["access", file, .. format],
            _ => ["destinations", file, .. format],
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CommandLine.Run(args, output, error);
        if (exitCode is < 0 or > 3)
        {
            throw new InvalidOperationException($"{args[0]} ends with {exitCode}.");
        }

        screen.ShowAsWritten(error.ToString());
        screen.ShowAsWritten(output.ToString());
    }

    private static byte[][] Both(char letter, byte[] content) => [[(byte)letter, .. content], [(byte)char.ToUpperInvariant(letter), .. content]];
}
