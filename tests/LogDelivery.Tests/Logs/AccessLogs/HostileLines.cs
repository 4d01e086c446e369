using FsCheck;
using FsCheck.Fluent;

namespace LogDelivery.Tests.Records.AccessLogs;

/// <summary>Lines with anything in the fields that clients write, and lines with damaged bytes.</summary>
internal static class HostileLines
{
    // What a client would write who knows the format.
    private static readonly string[] Fragments =
    [
        "\"", "\" ", " \"", "\" \"", " ", "-", "\" 403 AccessDenied 1 1 1 1 \"", "\" 200 - - - - - \"-\" \"", " 403 AccessDenied ", "svc:delivery.logs.amazonaws.com",
        "REST.PUT.OBJECT", "\" - - - - - - - - ", "x", "GET /a HTTP/1.1", "\\", "é", "\" - abc= SigV4 - AuthHeader host TLSv1.2 - - us-east-1", "7",
    ];

    private static readonly string[] Outcomes =
    [
        "200 - 113 4406583 41754 28", "403 AccessDenied 243 - 21 9", "- - - - - -", "500 InternalError - - 9 -", "206 - 1 9223372036854775807 0 0",
    ];

    private static readonly string[] Ends = ["", " -", " - -", " - Yes ", " - - us-east-1", " arn:aws:s3:us-east-1:111122223333:accesspoint/a - -", " - - - more"];

    private static readonly Gen<string> Hostile =
        from size in Gen.Choose(0, 6)
        from parts in Gen.Elements(Fragments).ListOf(size)
        select string.Concat(parts);

    public static readonly Gen<(string Line, string Uri, string Outcome, string Referer, string Agent)> All =
        from uri in Hostile
        from referer in Gen.Frequency((3, Gen.Constant("-")), (1, Hostile))
        from agent in Gen.Frequency((2, Gen.Constant("aws-cli/2.0")), (3, Hostile))
        from outcome in Gen.Elements(Outcomes)
        from end in Gen.Elements(Ends)
        select (AccessLogLines.Quoted(uri, outcome, referer, agent, AccessLogLines.Tail + end), uri, outcome, referer, agent);

    /// <summary>Some of these lines, and some harmless ones.</summary>
    public static string[] Samples() => [.. Gen.Sample(All, 200, 30).Select(s => s.Line), AccessLogLines.Clear, AccessLogLines.FailedDelivery()];

    /// <summary>Changes one to three places of a line.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 4); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveAt(at);
                    break;
                case 2:
                    list.Insert(at, "\" -0a["u8[random.Next(6)]);
                    break;
                case 3:
                    list.RemoveRange(at, Math.Min(random.Next(1, 40), list.Count - at));
                    break;
                default:
                    list.InsertRange(random.Next(list.Count), list.GetRange(at, Math.Min(random.Next(1, 40), list.Count - at)));
                    break;
            }
        }

        return [.. list];
    }
}
