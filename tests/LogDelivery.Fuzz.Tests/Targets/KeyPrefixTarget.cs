using LogDelivery.Streams;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Prefixes of Firehose with expressions, and the time patterns in them: a prefix of data, one of errors, a time zone.</summary>
internal sealed class KeyPrefixTarget : IFuzzTarget
{
    private static readonly DateTimeOffset[] Times = [DateTimeOffset.UnixEpoch.AddYears(56).AddDays(-1), new(2026, 7, 31, 23, 59, 59, 999, TimeSpan.Zero)];

    public string Name => "KeyPrefix";

    public int Share => 40;

    public IEnumerable<byte[]> Seeds =>
    [
        Parts.Join("logs/!{timestamp:yyyy/MM/dd/HH}/!{partitionKeyFromQuery:customer}/", "errors/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd'T'HH:mm:ss.SSS XXX}/", "Asia/Tokyo"),
        Parts.Join("!{firehose:random-string}/!{timestamp:''EEEE MMMM D w YYYY QQQ a K k h}", string.Empty, "UTC"),
        Parts.Join("plain/", "!{partitionKeyFromLambda:a}", "America/St_Johns"),
    ];

    public void Run(byte[] input, Screen screen)
    {
        var parts = Parts.SplitText(input, 3);
        foreach (var expression in new[] { KeyPrefixExpression.ForData(parts[0]), KeyPrefixExpression.ForErrors(parts[1], parts[0]) })
        {
            screen.Show(expression.Problems);
            screen.Show(expression.Doubts);
            screen.Show($"{expression.Literal} {expression.LiteralFor("processing-failed")} {expression.Pattern}");
            foreach (var time in Times)
            {
                screen.Show(expression.Evaluate(time, parts[2]));
            }
        }
    }
}
