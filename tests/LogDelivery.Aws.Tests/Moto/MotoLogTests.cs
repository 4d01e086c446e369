using Amazon.S3.Model;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Aws.Tests.Moto;

/// <summary>Log objects in an S3 that others wrote: listings in pages and from a key on, ranges, keys of all kinds.</summary>
public sealed class MotoLogTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Bucket = "amzn-s3-demo-logs";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_days_that_are_wanted_are_listed_and_read()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        foreach (var day in Enumerable.Range(1, 28))
        {
            await PutAsync(session, $"AWSLogs/111122223333/CloudTrail/us-east-1/2026/02/{day:D2}/a b+c.json", $"{day}");
        }

        await PutAsync(session, "AWSLogs/readme.txt", "none");
        var tally = new ReadTally();
        Assert.True(S3Url.TryParse($"s3://{Bucket}/AWSLogs/", out var url));
        var range = new LogKeyRange(new DateTimeOffset(2026, 2, 10, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 11, 0, 0, 0, TimeSpan.Zero));
        var read = session.Logs.Find(url, range, tally, Token).Select(Text).ToArray();
        Assert.Equal(["9", "10", "11", "12", "none"], read);
        Assert.Empty(tally.Damages);
    }

    private static async Task PutAsync(AwsSession session, string key, string text)
        => await session.Clients.CallS3Async(
            "PutObject", "us-east-1", Bucket, (s3, token) => s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = text }, token), Token);

    private static string Text(LogObject log)
    {
        using var reader = new StreamReader(log.Open());
        return reader.ReadToEnd();
    }
}
