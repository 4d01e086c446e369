using System.Text;
using LogDelivery.Gateways;
using LogDelivery.Streams;
using Xunit;

namespace LogDelivery.Tests.Streams;

/// <summary>Prefixes with expressions. The first table is that of the Firehose developer guide, s3-prefixes, as of 10:30 UTC on August 27, 2018.</summary>
public sealed class KeyPrefixExpressionTests
{
    private static readonly DateTimeOffset Time = new(2018, 8, 27, 10, 30, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2018/08/27/10/")]
    [InlineData("myFirehosePrefix", "myFirehosePrefix2018/08/27/10/")]
    [InlineData("myPrefix/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/", "myPrefix/year=2018/month=08/day=27/hour=10/")]
    [InlineData("!{timestamp:'year='yyyy'/month='MM'/day='dd'/hour='HH}/", "year=2018/month=08/day=27/hour=10/")]
    [InlineData("a/!{timestamp:yyyy-MM-dd'T'HHmmss}/", "a/2018-08-27T103005/")]
    [InlineData("!{timestamp:DDD}-!{timestamp:E}-!{timestamp:MMM}-!{timestamp:hh}!{timestamp:a}/", "239-Mon-Aug-10AM/")]
    public void It_is_evaluated_as_Firehose_does(string? prefix, string expected)
    {
        var expression = KeyPrefixExpression.ForData(prefix);
        Assert.Empty(expression.Problems);
        Assert.Equal(expected, expression.Evaluate(Time));
    }

    [Theory]
    [InlineData("myFirehoseFailures/!{firehose:error-output-type}/", null, "myFirehoseFailures/processing-failed/2018/08/27/10/")]
    [InlineData("myErrorPrefix/!{timestamp:'year='yyyy'/month='MM'/day='dd'/hour='HH}/!{firehose:error-output-type}", null, "myErrorPrefix/year=2018/month=08/day=27/hour=10/processing-failed")]
    [InlineData(null, "myFirehosePrefix/", "myFirehosePrefix/processing-failed/2018/08/27/10/")]
    public void So_is_the_error_prefix(string? prefix, string? dataPrefix, string expected)
        => Assert.Equal(expected, KeyPrefixExpression.ForErrors(prefix, dataPrefix).Evaluate(Time));

    [Fact]
    public void A_time_zone_moves_the_date()
        => Assert.Equal("2018/08/28/", KeyPrefixExpression.ForData("!{timestamp:yyyy/MM/dd}/").Evaluate(new(2018, 8, 27, 15, 30, 0, TimeSpan.Zero), "Asia/Tokyo"));

    [Fact]
    public void A_random_text_has_eleven_characters_and_differs()
    {
        var expression = KeyPrefixExpression.ForData("!{firehose:random-string}/");
        Assert.Equal(11, expression.Evaluate(Time, seed: "a").IndexOf('/', StringComparison.Ordinal));
        Assert.NotEqual(expression.Evaluate(Time, seed: "a"), expression.Evaluate(Time, seed: "b"));
    }

    [Theory]
    [InlineData("!{timestamp:yyyy/", false)]
    [InlineData("!{firehose:error-output-type}/", false)]
    [InlineData("!{firehose:nothing}/", false)]
    [InlineData("!{nothing:yyyy}/", false)]
    [InlineData("!{timestamp:bb}/", false)]
    [InlineData("!{timestamp:yyyy'}/", false)]
    [InlineData("errors/!{timestamp:yyyy}/", true)]
    [InlineData("!{partitionKeyFromQuery:team}/!{firehose:error-output-type}/", true)]
    public void What_Firehose_refuses_is_a_problem(string prefix, bool isForErrors)
        => Assert.Single((isForErrors ? KeyPrefixExpression.ForErrors(prefix, null) : KeyPrefixExpression.ForData(prefix)).Problems);

    [Theory]
    [InlineData("!{timestamp:YYYY/MM/dd}/", "YYYY is the year of the week")]
    [InlineData("!{timestamp:yyyy/mm/dd}/", "mm is the minute")]
    [InlineData("!{timestamp:yyyy/MM/DD}/", "D is the day of the year")]
    [InlineData("!{timestamp:yyyy/MM/dd/hh}/", "hh is the hour of half a day")]
    public void A_time_that_is_not_what_it_looks_like_is_doubted(string prefix, string doubt)
        => Assert.StartsWith(doubt, Assert.Single(KeyPrefixExpression.ForData(prefix).Doubts), StringComparison.Ordinal);

    [Theory]
    [InlineData("logs/!{timestamp:yyyy}/!{partitionKeyFromQuery:team}/", "logs/*/*/*", "logs/")]
    [InlineData("!{timestamp:yyyy}", "*", "")]
    [InlineData("logs/", "logs/*", "logs/")]
    public void It_is_a_pattern_for_policies(string prefix, string pattern, string literal)
    {
        var expression = KeyPrefixExpression.ForData(prefix);
        Assert.Equal((pattern, literal), (expression.Pattern, expression.Literal));
    }

    [Fact]
    public void Records_that_failed_are_read_whatever_stands_between_them()
    {
        const string Text = """
            {"attemptsMade":4,"arrivalTimestamp":1517442600000,"errorCode":"Lambda.FunctionError","errorMessage":"The Lambda function was successfully invoked but it returned an error result.","rawData":"aGVsbG8=","lambdaArn":"x"}
            {"attemptsMade":"1","ErrorCode":"DataFormatConversion.ParseError","ErrorMessage":"{\"not\": json","rawData":"eA=="}{"attemptsMade":1,"errorCode":"Cut
            """;
        var records = FailedRecord.Read("key", Encoding.UTF8.GetBytes(Text));
        Assert.Equal([("Lambda.FunctionError", 4, 5), ("DataFormatConversion.ParseError", 1, 1)], records.Select(r => (r.Code, r.Attempts ?? -1, r.RawDataLength)));
        Assert.Empty(FailedRecord.Read("key", "no json { at all"u8));
        Assert.Empty(FailedRecord.Read("key", []));
    }

    [Theory]
    [InlineData("""{"errorCode":"e","arrivalTimestamp":9223372036854775807,"attemptsMade":-1}""", "e")]
    [InlineData("""{"error\ud83dCode":"x","errorCode":"\udcc4"}""", "\ufffd")]
    public void Numbers_and_letters_that_no_service_writes_are_left_out(string text, string code)
    {
        var record = Assert.Single(FailedRecord.Read("key", Encoding.UTF8.GetBytes(text)));
        Assert.Equal((code, null, null), (record.Code, record.Attempts, record.Arrived));
        Assert.Equal(code, StreamError.From(new LogGroupEvent("s", DateTime.UnixEpoch, text))!.Code);
    }
}
