using System.Text;
using LogDelivery.Aws.Tests.Support;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Aws.Tests.Objects;

/// <summary>Log objects of S3: listed in the range that is wanted, read whatever happens to some of them.</summary>
public sealed class S3LogsTests
{
    private static readonly LogKeyRange Everything = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("s3://amzn-s3-demo-logs", "amzn-s3-demo-logs", "")]
    [InlineData("s3://amzn-s3-demo-logs/", "amzn-s3-demo-logs", "")]
    [InlineData("S3://amzn-s3-demo-logs/AWSLogs/111122223333", "amzn-s3-demo-logs", "AWSLogs/111122223333")]
    [InlineData("s3://amzn-s3-demo-logs/a b/c*", "amzn-s3-demo-logs", "a b/c*")]
    public void A_place_has_a_bucket_and_a_prefix(string text, string bucket, string prefix)
    {
        Assert.True(S3Url.TryParse(text, out var url));
        Assert.Equal(new(bucket, prefix), url);
    }

    [Theory]
    [InlineData("s3://")]
    [InlineData("s3:///key")]
    [InlineData("s3://*/key")]
    [InlineData("/var/log")]
    [InlineData(null)]
    public void What_names_no_bucket_is_no_place(string? text) => Assert.False(S3Url.TryParse(text, out _));

    [Fact]
    public async Task All_objects_below_a_prefix_are_read_in_the_order_of_their_keys()
    {
        var bucket = new FakeObjects(Enumerable.Range(0, 40).ToDictionary(i => $"logs/{i:D2}", i => $"text {i}"));
        var (read, tally) = await ReadAsync(bucket, "logs/", Everything);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"s3://amzn-s3-demo-logs/logs/{i:D2}: text {i}"), read);
        Assert.Equal(40, tally.FilesFound);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public async Task Markers_of_folders_are_no_logs()
    {
        var (read, tally) = await ReadAsync(new(new Dictionary<string, string> { ["logs/"] = "", ["logs/a"] = "a" }), "logs/", Everything);
        Assert.Equal(["s3://amzn-s3-demo-logs/logs/a: a"], read);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public async Task Days_that_nobody_asked_for_are_neither_listed_nor_read()
    {
        var days = Enumerable.Range(0, 360).Select(d => new DateOnly(2026, 1, 1).AddDays(d)).ToArray();
        var bucket = new FakeObjects(new[] { "us-east-1", "us-east-2" }
            .SelectMany(region => days.Select(d => $"AWSLogs/111122223333/CloudTrail/{region}/{d:yyyy}/{d:MM}/{d:dd}/x.json.gz"))
            .ToDictionary(k => k, k => k[^25..]));
        var (read, tally) = await ReadAsync(bucket, "AWSLogs/", new(new DateTimeOffset(2026, 7, 10, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 7, 11, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(8, read.Count);
        Assert.All(read, r => Assert.Contains("/2026/07/", r, StringComparison.Ordinal));
        Assert.Empty(tally.Damages);

        // A page holds three keys: all of them would be 240 pages.
        Assert.InRange(bucket.Listings, 2, 12);
    }

    [Fact]
    public async Task An_object_that_may_not_be_read_and_one_that_has_vanished_are_one_damage_each()
    {
        var bucket = new FakeObjects(Enumerable.Range(0, 6).ToDictionary(i => $"{i}", i => $"text {i}"))
        {
            Instead = r => r.Method != "GET" || r.Query.Contains("list-type", StringComparison.Ordinal) ? null
                : r.Path.EndsWith("/2", StringComparison.Ordinal) ? Answer.S3Error("AccessDenied", 403)
                : r.Path.EndsWith("/4", StringComparison.Ordinal) ? Answer.S3Error("NoSuchKey", 404)
                : null,
        };
        var (read, tally) = await ReadAsync(bucket, "", Everything);
        Assert.Equal(["text 0", "text 1", "text 3", "text 5"], read.Select(r => r[^6..]));
        Assert.Equal([("s3://amzn-s3-demo-logs/2", DamageKind.NoPermission), ("s3://amzn-s3-demo-logs/4", DamageKind.NotFound)], tally.Damages.Select(d => (d.File, d.Kind)));
        Assert.Contains("s3:GetObject", tally.Damages[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDenied", 403, DamageKind.NoPermission, "s3:ListBucket")]
    [InlineData("NoSuchBucket", 404, DamageKind.NotFound, "")]
    public async Task A_bucket_that_cannot_be_listed_is_one_damage(string code, int status, object kind, string message)
    {
        var bucket = new FakeObjects(new Dictionary<string, string>()) { Instead = r => r.Query.Contains("list-type", StringComparison.Ordinal) ? Answer.S3Error(code, status) : null };
        var (read, tally) = await ReadAsync(bucket, "logs", Everything);
        Assert.Empty(read);
        var damage = Assert.Single(tally.Damages);
        Assert.Equal(("s3://amzn-s3-demo-logs/logs", (DamageKind)kind), (damage.File, damage.Kind));
        Assert.Contains(message, damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_that_no_key_has_is_one_damage()
    {
        var (_, tally) = await ReadAsync(new(new Dictionary<string, string> { ["a"] = "a" }), "b", Everything);
        Assert.Equal(DamageKind.NotFound, Assert.Single(tally.Damages).Kind);
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_stopped()
    {
        var cuts = 0;
        var text = "{" + new string('x', 999);
        var bucket = new FakeObjects(new Dictionary<string, string> { ["a"] = text })
        {
            // The cut answer says that 1000 bytes come, and stops after the first.
            Instead = r => r.Method == "GET" && !r.Query.Contains("list-type", StringComparison.Ordinal) && Interlocked.Increment(ref cuts) == 1 ? new Answer(200, "", "text/plain") { IsCut = true } : null,
        };
        var (read, tally) = await ReadAsync(bucket, "", Everything);
        Assert.Equal($"s3://amzn-s3-demo-logs/a: {text}", Assert.Single(read));
        Assert.Empty(tally.Damages);
        Assert.Equal(2, cuts);
    }

    [Fact]
    public async Task A_download_that_keeps_breaking_off_is_one_damage()
    {
        var bucket = new FakeObjects(new Dictionary<string, string> { ["a"] = "text a", ["b"] = "text b" })
        {
            Instead = r => r.Path.EndsWith("/a", StringComparison.Ordinal) ? new Answer(200, "", "text/plain") { IsCut = true } : null,
        };
        var (read, tally) = await ReadAsync(bucket, "", Everything);
        Assert.EndsWith("text b", Assert.Single(read), StringComparison.Ordinal);
        Assert.Equal(DamageKind.Unreadable, Assert.Single(tally.Damages).Kind);
    }

    [Fact]
    public async Task Reading_can_be_stopped()
    {
        var bucket = new FakeObjects(Enumerable.Range(0, 40).ToDictionary(i => $"{i:D2}", i => $"text {i}"));
        using var aws = new FakeAws(bucket.Reply);
        using var session = await Given.SessionAsync(aws);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Assert.True(S3Url.TryParse("s3://amzn-s3-demo-logs", out var url));
        var read = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var found in session.Logs.Find(url, Everything, new(), stop.Token))
            {
                using var stream = found.Open();
                if (++read == 5)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.InRange(read, 5, 25);
    }

    private static async Task<(List<string> Read, ReadTally Tally)> ReadAsync(FakeObjects bucket, string prefix, LogKeyRange range)
    {
        using var aws = new FakeAws(bucket.Reply);
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 1 });
        var tally = new ReadTally();
        var read = new List<string>();
        Assert.True(S3Url.TryParse($"s3://amzn-s3-demo-logs/{prefix}", out var url));
        foreach (var found in session.Logs.Find(url, range, tally, Token))
        {
            if (LogContent.Open(found, tally) is not { } content)
            {
                continue;
            }

            using (content)
            {
                var text = new StringBuilder();
                var buffer = new byte[4096];
                int count;
                while ((count = content.Read(buffer)) > 0)
                {
                    text.Append(Encoding.UTF8.GetString(buffer, 0, count));
                }

                if (!content.IsDamaged)
                {
                    read.Add($"{found.Name}: {text}");
                }
            }
        }

        return (read, tally);
    }
}
