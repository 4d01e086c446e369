using System.Text;
using LogDelivery.Logs.AccessLogs;
using Xunit;

namespace LogDelivery.Tests.Logs.AccessLogs;

/// <summary>Lines as S3 writes them, odd ones, and ones that clients have tampered with.</summary>
public sealed class AccessLogParserTests
{
    [Fact]
    public void Every_field_of_a_line_is_read()
    {
        var record = Only(AccessLogLines.Clear);
        Assert.Equal(AccessLogLines.Owner, record.BucketOwner);
        Assert.Equal("amzn-s3-demo-bucket1", record.BucketName);
        Assert.Equal(new DateTimeOffset(2019, 2, 6, 0, 0, 38, TimeSpan.Zero), record.Time);
        Assert.Equal("192.0.2.3", record.RemoteIp);
        Assert.Equal(AccessLogLines.Owner, record.Requester);
        Assert.Equal("3E57427F3EXAMPLE", record.RequestId);
        Assert.Equal("REST.GET.OBJECT", record.Operation);
        Assert.Equal("logs/a.gz", record.Key);
        Assert.Equal("GET /logs/a.gz HTTP/1.1", record.RequestUri);
        Assert.Equal(200, record.HttpStatus);
        Assert.Null(record.ErrorCode);
        Assert.Equal(113, record.BytesSent);
        Assert.Equal(4406583, record.ObjectSize);
        Assert.Equal(41754, record.TotalTime);
        Assert.Equal(28, record.TurnAroundTime);
        Assert.Null(record.Referer);
        Assert.Equal("S3Console/0.4", record.UserAgent);
        Assert.Null(record.VersionId);
        Assert.StartsWith("s9lzHYrFp76ZVxRcpX9+", record.HostId, StringComparison.Ordinal);
        Assert.Equal("SigV4", record.SignatureVersion);
        Assert.Equal("ECDHE-RSA-AES128-GCM-SHA256", record.CipherSuite);
        Assert.Equal("AuthHeader", record.AuthenticationType);
        Assert.Equal("amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com", record.HostHeader);
        Assert.Equal("TLSV1.2", record.TlsVersion);
        Assert.Equal("arn:aws:s3:us-west-1:111122223333:accesspoint/example-AP", record.AccessPointArn);
        Assert.True(record.AclRequired);
        Assert.Equal("us-west-1", record.SourceRegion);
        Assert.False(record.IsError);
    }

    [Theory]
    [InlineData(24, "")]
    [InlineData(25, " -")]
    [InlineData(26, " - Yes")]
    [InlineData(26, " - Yes ")]
    [InlineData(26, " - -\r")]
    [InlineData(27, " - - us-west-1")]
    [InlineData(27, " - - -")]
    [InlineData(29, " - - us-west-1 what-comes-next 7")]
    public void Lines_have_24_fields_or_more(int count, string end)
    {
        var reading = Parse($"{AccessLogLines.Head} \"GET /logs/a.gz HTTP/1.1\" 200 - 113 - 7 - \"-\" \"S3Console/0.4\" {AccessLogLines.Tail}{end}", out var line);
        Assert.Equal(AccessLogReading.Clear, reading);
        Assert.Equal(count, line.FieldCount);
    }

    [Fact]
    public void A_batch_delete_has_no_quotes()
    {
        var record = Only($"{AccessLogLines.Owner} amzn-s3-demo-bucket1 [10/Sep/2019:15:11:07 +0000] 192.0.2.3 arn:aws:iam::111122223333:user/test@example 8CD7A4A71E2E5C9E BATCH.DELETE.OBJECT old.war - 204 - - 344017 - - - - - IeDW5I3wefFxU8iHOcAzi5qr+O+1bdRlcQ0AO2WGjFh7JwYM6qCoKq= SigV4 ECDHE-RSA-AES128-SHA AuthHeader s3.eu-central-1.amazonaws.com TLSv1.2");
        Assert.Equal(204, record.HttpStatus);
        Assert.Equal(344017, record.ObjectSize);
        Assert.Null(record.RequestUri);
        Assert.Null(record.UserAgent);
        Assert.Equal("SigV4", record.SignatureVersion);
    }

    [Theory]
    [InlineData("\"-\" - - - 1048576 - - \"-\" \"-\" - - - - - - -")]
    [InlineData("\"-\" - - - 1048576 - - \"-\" \"-\" - s9lzHYrFp76ZVx= - - - - - - -")]
    [InlineData("\"-\" - - - 1048576 - - \"-\" \"-\" null abcdefgh - - - - - - - -")]
    [InlineData("- - - - 1048576 - - - - - bPf7qjG4XwYdPgDQTl72GW== - - - - - - -")]
    [InlineData("- - - - 1048576 - - - - - - - - - - - - - -")]
    public void An_expiration_says_nothing_of_a_request_and_is_clear(string rest)
    {
        var record = Only($"{AccessLogLines.Owner} amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] - AmazonS3 DD6CC733AEXAMPLE S3.EXPIRE.OBJECT old/file {rest}");
        Assert.Equal("AmazonS3", record.Requester);
        Assert.Null(record.RemoteIp);
        Assert.Null(record.HttpStatus);
        Assert.Equal(1048576, record.ObjectSize);
        Assert.Null(record.TlsVersion);
    }

    [Theory]
    [InlineData(" \"GET /logs/a.gz HTTP/1.1\" 200 - 113 - 7 - \"-\" \"S3Console/0.4\" -", 18)]
    [InlineData(" \"GET /logs/a.gz HTTP/1.1\" 200 - 113 - 7 - \"-\" \"S3Console/0.4\" - s9lzHYrFp76ZVx= SigV4 - AuthHeader s3.amazonaws.com", 23)]
    public void Lines_of_2019_and_before_may_be_shorter(string rest, int count)
    {
        Assert.Equal(AccessLogReading.Clear, Parse(AccessLogLines.Head + rest, out var line));
        Assert.Equal(count, line.FieldCount);
        Assert.Equal(AccessLogReading.Damaged, Parse(AccessLogLines.Head.Replace("/2019:", "/2026:", StringComparison.Ordinal) + rest, out _));
    }

    [Fact]
    public void An_anonymous_request_over_http_is_clear()
    {
        var record = Only($"{AccessLogLines.Owner} amzn-s3-demo-bucket1 [06/Feb/2026:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE WEBSITE.GET.OBJECT index.html \"GET /index.html HTTP/1.1\" - - - - - - \"-\" \"-\" - abcdefghij - - - bucket.s3-website.amazonaws.com - - - -");
        Assert.Null(record.Requester);
        Assert.Null(record.HttpStatus);
        Assert.Null(record.SignatureVersion);
    }

    // A client imitates the refusal of a delivery; nothing of it may be believed.
    [Theory]
    [InlineData("GET /x HTTP/1.1", "\" 403 AccessDenied svc:delivery.logs.amazonaws.com REST.PUT.OBJECT")]
    [InlineData("GET /x HTTP/1.1", "a\"b\"\"c")]
    [InlineData("GET /x HTTP/1.1", "\\\" 403 AccessDenied")]
    [InlineData("GET /x\"403 HTTP/1.1", "curl")]
    [InlineData("GET /x?a=\" 403 AccessDenied svc:delivery.logs.amazonaws.com HTTP/1.1", "curl")]
    [InlineData("GET /x\" 403 AccessDenied 1 1 HTTP/1.1", "curl")]
    [InlineData("GET /x HTTP/1.1", "\"")]
    public void Quotes_of_a_client_that_fit_nowhere_else_are_the_clients(string uri, string agent)
    {
        var record = Only(AccessLogLines.Quoted(uri, agent: agent));
        Assert.Equal(uri, record.RequestUri);
        Assert.Equal(agent, record.UserAgent);
        Assert.Equal(200, record.HttpStatus);
        Assert.False(record.IsError);
    }

    [Fact]
    public void A_request_line_that_imitates_an_outcome_is_ambiguous()
    {
        var line = AccessLogLines.Quoted("GET /x HTTP/1.1\" 403 AccessDenied 1 1 1 1 \"-\" \"y HTTP/1.1");
        var readings = AccessLogParser.ReadAll(Encoding.UTF8.GetBytes(line));
        Assert.Equal(AccessLogReading.Ambiguous, Parse(line, out _));
        Assert.Contains(readings, r => r is { HttpStatus: 403, ErrorCode: "AccessDenied", IsError: true });
        Assert.Contains(readings, r => r is { HttpStatus: 200, ErrorCode: null, RequestUri: "GET /x HTTP/1.1\" 403 AccessDenied 1 1 1 1 \"-\" \"y HTTP/1.1" });
    }

    [Fact]
    public void A_Referer_and_a_User_Agent_that_cannot_be_told_apart_are_ambiguous()
    {
        var line = AccessLogLines.Quoted(referer: "a\" \"b", agent: "c");
        Assert.Equal(AccessLogReading.Ambiguous, Parse(line, out var reading));
        Assert.Equal(200, reading.HttpStatus);
        Assert.Equal(["a", "a\" \"b"], AccessLogParser.ReadAll(Encoding.UTF8.GetBytes(line)).Select(r => r.Referer).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("not an access log at all, but a sentence", 0)]
    [InlineData("<html><body>Service unavailable</body></html>", 0)]
    public void What_is_no_line_is_damaged_at_its_place(string text, int atLeast)
    {
        Assert.Equal(AccessLogReading.Damaged, Parse(text, out var line));
        Assert.NotNull(line.Problem);
        Assert.InRange(line.ProblemOffset, atLeast, text.Length);
        Assert.Empty(AccessLogParser.ReadAll(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_line_that_was_cut_off_is_damaged_until_it_has_all_fields_that_a_line_must_have()
    {
        // Cut within the last fields a line may be one of an older format; before them it must not pass.
        var whole = AccessLogLines.Quoted().Replace("/2019:", "/2026:", StringComparison.Ordinal);
        var tls = whole.IndexOf("TLSV", StringComparison.Ordinal);
        for (var length = 0; length < tls + 3; length++)
        {
            var reading = Parse(whole[..length], out var line);
            Assert.True(reading == AccessLogReading.Damaged, $"{length}: {whole[..length]}");
            Assert.NotNull(line.Problem);
            Assert.InRange(line.ProblemOffset, 0, length);
        }
    }

    [Theory]
    [InlineData("[06/Feb/2019:00:00:38 +0000]", "[06/Fev/2019:00:00:38 +0000]")]
    [InlineData("[06/Feb/2019:00:00:38 +0000]", "[31/Feb/2019:00:00:38 +0000]")]
    [InlineData("[06/Feb/2019:00:00:38 +0000]", "[06/Feb/2019:24:00:38 +0000]")]
    [InlineData("[06/Feb/2019:00:00:38 +0000]", "06/Feb/2019:00:00:38 +0000")]
    [InlineData(" 192.0.2.3 ", " nowhere! ")]
    [InlineData("REST.GET.OBJECT", "REST GET OBJECT")]
    [InlineData(" 200 - ", " 2000 - ")]
    [InlineData(" 200 - ", " OK - ")]
    [InlineData(" 28 ", " 28.5 ")]
    [InlineData(" 28 ", " 99999999999999999999 ")]
    [InlineData("SigV4", "sigv4")]
    [InlineData("AuthHeader", "Auth:Header")]
    public void A_field_of_another_type_is_damage(string what, string instead)
    {
        var line = AccessLogLines.Clear.Replace(what, instead, StringComparison.Ordinal);
        Assert.NotEqual(AccessLogLines.Clear, line);
        Assert.Equal(AccessLogReading.Damaged, Parse(line, out _));
    }

    [Theory]
    [InlineData("+0530", 2019, 2, 5, 18, 30, 38)]
    [InlineData("-0800", 2019, 2, 6, 8, 0, 38)]
    public void A_zone_other_than_utc_is_counted_in(string zone, int year, int month, int day, int hour, int minute, int second)
        => Assert.Equal(
            new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero),
            Only(AccessLogLines.Clear.Replace("+0000", zone, StringComparison.Ordinal)).Time);

    [Theory]
    [InlineData("a%20b", "GET /a%20b HTTP/1.1", "a b")]
    [InlineData("a%2520b", "GET /a%20b HTTP/1.1", "a b")]
    [InlineData("a%2520b", "GET /a%2520b HTTP/1.1", "a%20b")]
    [InlineData("year%253D2026/x", "GET /bucket/year%3D2026/x HTTP/1.1", "year=2026/x")]
    [InlineData("plain/key", "GET /plain/key HTTP/1.1", "plain/key")]
    [InlineData("100%25", "GET /100%25 HTTP/1.1", "100%")]
    public void A_key_is_decoded_as_often_as_it_was_encoded(string logged, string uri, string key)
        => Assert.Equal(key, Only(AccessLogLines.Clear.Replace(" logs/a.gz ", $" {logged} ", StringComparison.Ordinal).Replace("GET /logs/a.gz HTTP/1.1", uri, StringComparison.Ordinal)).Key);

    [Fact]
    public void Two_lines_without_a_line_end_between_them_are_not_passed_off_as_one()
        => Assert.NotEqual(AccessLogReading.Clear, Parse($"{AccessLogLines.Clear}{AccessLogLines.Clear}", out _));

    // Each of these would keep a reader that tries every pair of quotes busy for hours.
    [Theory]
    [InlineData("\" 403 AccessDenied 1 1 1 1 \"", "-", "curl", " - - us-east-1", AccessLogReading.Ambiguous)]
    [InlineData("\" 403 AccessDenied 1 1 1 1 \"", "-", "curl", " broken!", AccessLogReading.Damaged)]
    [InlineData("GET /", "\" \"", "curl", "", AccessLogReading.Ambiguous)]
    [InlineData("GET /", "-", "\"\"\"\"\"\"\"", "", AccessLogReading.Clear)]
    public void A_hostile_line_of_megabytes_is_read_in_one_go(string uri, string referer, string agent, string end, object reading)
    {
        static string Repeat(string text) => text.Contains('"', StringComparison.Ordinal) ? string.Concat(Enumerable.Repeat(text, 300_000)) : text;

        Assert.Equal((AccessLogReading)reading, Parse(AccessLogLines.Quoted(Repeat(uri), referer: Repeat(referer), agent: Repeat(agent), tail: AccessLogLines.Tail + end), out _));
    }

    private static AccessLogReading Parse(string text, out AccessLogLine line) => AccessLogParser.Parse(Encoding.UTF8.GetBytes(text), out line);

    private static AccessLogRecord Only(string text)
    {
        Assert.Equal(AccessLogReading.Clear, Parse(text, out var line));
        var record = AccessLogRecord.From(line);
        Assert.Equal(record, Assert.Single(AccessLogParser.ReadAll(Encoding.UTF8.GetBytes(text))));
        return record;
    }
}
