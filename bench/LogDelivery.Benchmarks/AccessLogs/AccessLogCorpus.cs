using System.Globalization;
using System.Text;

namespace LogDelivery.Benchmarks.AccessLogs;

/// <summary>What a corpus holds, counted while it was written.</summary>
internal sealed record AccessLogTruth(int Files, long Bytes, long Lines, long Deliveries, long FailedDeliveries, long SigV2, long Ambiguous, long Imitations);

/// <summary>
/// Access logs of a bucket that gets logs and is read by people: files of lognormal size, a sixth of the lines deliveries, one
/// in fifty a failed one, SigV2 here and there, and now and then a client that imitates a refused delivery. The same seed
/// writes the same bytes.
/// </summary>
internal sealed class AccessLogCorpus(int seed)
{
    private const string Owner = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    private static readonly DateTime Start = new(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Principals = ["delivery.logs.amazonaws.com", "delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com", "logging.s3.amazonaws.com", "config.amazonaws.com"];

    private static readonly string[] Agents =
    [
        "aws-cli/2.15.30 Python/3.11.8 Linux/5.10.213-201.855.amzn2.x86_64 exe/x86_64.amzn.2 prompt/off command/s3.cp",
        "Boto3/1.34.69 md/Botocore#1.34.69 md/awscrt#0.20.5 ua/2.0 os/linux#5.10.213 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.34.69",
        "S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.10.186-157.751.amzn2int.x86_64 OpenJDK_64-Bit_Server_VM/25.372-b08 java/1.8.0_372 vendor/Oracle_Corporation cfg/retry-mode/standard",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36",
    ];

    private readonly Random random = new(seed);
    private long lines;
    private long deliveries;
    private long failed;
    private long sigV2;
    private long ambiguous;
    private long imitations;

    public AccessLogTruth Write(string folder, int files, long bytes)
    {
        Directory.CreateDirectory(folder);
        var weights = Enumerable.Range(0, files).Select(_ => Math.Exp(Gaussian())).ToArray();
        var total = 0L;
        for (var i = 0; i < files; i++)
        {
            var wanted = bytes * weights[i] / weights.Sum();
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-dd}-00-00-{i:D6}"));
            using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
            var size = 0L;
            do
            {
                var line = NextLine();
                writer.WriteLine(line);
                size += line.Length + 1;
            }
            while (size < wanted);
            total += size;
        }

        return new(files, total, lines, deliveries, failed, sigV2, ambiguous, imitations);
    }

    private string NextLine()
    {
        lines++;
        var time = Start.AddSeconds(lines / 50).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
        var draw = random.NextDouble();
        return draw < 0.17 ? Delivery(time) : draw < 0.999 ? Human(time) : Hostile(time);
    }

    private string Delivery(string time)
    {
        deliveries++;
        var isFailure = random.NextDouble() < 0.12;
        failed += isFailure ? 1 : 0;
        var principal = Principals[random.Next(Principals.Length)];
        var key = $"AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/04/01/111122223333_vpcflowlogs_us-east-1_fl-0{Hex(16)}_20260401T{random.Next(24):D2}{random.Next(60):D2}Z_{Hex(8)}.log.gz";
        return Line(time, "-", $"svc:{principal}", "REST.PUT.OBJECT", key, $"PUT /{key} HTTP/1.1", isFailure ? "403 AccessDenied 243 - 21 9" : $"200 - - {random.Next(1_000_000)} {random.Next(200)} {random.Next(100)}", "-", principal, "SigV4");
    }

    private string Human(string time)
    {
        var isOld = random.NextDouble() < 0.02;
        sigV2 += isOld ? 1 : 0;
        var key = $"data/{random.Next(100)}/part-{random.Next(100_000):D5}-{Hex(8)}.snappy.parquet";
        var isDenied = random.NextDouble() < 0.02;
        return Line(
            time,
            $"10.0.{random.Next(256)}.{random.Next(256)}",
            $"arn:aws:sts::111122223333:assumed-role/application-{random.Next(40)}/i-0{Hex(16)}",
            "REST.GET.OBJECT",
            key,
            $"GET /amzn-s3-demo-bucket1/{key}?x-id=GetObject HTTP/1.1",
            isDenied ? "403 AccessDenied 243 - 17 -" : $"206 - {random.Next(8_000_000)} {random.Next(90_000_000)} {random.Next(900)} {random.Next(100)}",
            random.NextDouble() < 0.1 ? "https://console.aws.amazon.com/s3/buckets/amzn-s3-demo-bucket1" : "-",
            Agents[random.Next(Agents.Length)],
            isOld ? "SigV2" : "SigV4");
    }

    private string Hostile(string time)
    {
        imitations++;
        var isAmbiguous = random.NextDouble() < 0.5;
        ambiguous += isAmbiguous ? 1 : 0;
        var uri = isAmbiguous ? "GET /x HTTP/1.1\" 403 AccessDenied 243 - 1 1 \"-\" \"svc:delivery.logs.amazonaws.com" : "GET /x HTTP/1.1";
        return Line(time, "192.0.2.66", "-", "REST.GET.OBJECT", "x", uri, "200 - 5 5 5 5", "-", "\" 403 AccessDenied svc:delivery.logs.amazonaws.com REST.PUT.OBJECT", "-");
    }

    private string Line(string time, string address, string requester, string operation, string key, string uri, string outcome, string referer, string agent, string signature)
        => $"{Owner} amzn-s3-demo-bucket1 [{time} +0000] {address} {requester} {Hex(16).ToUpperInvariant()} {operation} {key} \"{uri}\" {outcome} \"{referer}\" \"{agent}\" - {Hex(75)}= {signature} TLS_AES_128_GCM_SHA256 AuthHeader amzn-s3-demo-bucket1.s3.us-east-1.amazonaws.com TLSv1.3 - - us-east-1";

    private string Hex(int length) => string.Create(length, random, (span, r) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = "0123456789abcdef"[r.Next(16)];
        }
    });

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
