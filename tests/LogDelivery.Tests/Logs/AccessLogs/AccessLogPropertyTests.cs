using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Tests.Comparison;
using Xunit;

namespace LogDelivery.Tests.Logs.AccessLogs;

/// <summary>The fast parser against the plain one, on lines that nobody wrote by hand.</summary>
public sealed class AccessLogPropertyTests
{
    [Fact]
    public void Hostile_lines_have_exactly_the_readings_that_the_plain_reader_finds()
    {
        var (clear, ambiguous) = (0, 0);
        Prop.ForAll(Arb.From(HostileLines.All), sample =>
        {
            var plain = PlainAccessLogReader.ReadUniform(sample.Line);
            var bytes = Encoding.UTF8.GetBytes(sample.Line);
            var reading = AccessLogParser.Parse(bytes, out var line);
            Assert.NotEmpty(plain);
            Assert.Equal(plain.Count == 1 ? AccessLogReading.Clear : AccessLogReading.Ambiguous, reading);
            Assert.Equal(plain[0], Of(line));

            // What was really logged is among the readings, so nothing that happened can be hidden.
            Assert.Contains(plain, r => r.Uri == sample.Uri && r.Referer == sample.Referer && r.Agent == sample.Agent);
            var outcomes = AccessLogParser.ReadAll(bytes).Select(r => (r.HttpStatus, r.ErrorCode, r.RequestUri)).ToHashSet();
            Assert.Equal(
                plain.Select(r => (Number(r.Status), r.Error == "-" ? null : r.Error, r.Uri is "-" or "" ? null : r.Uri)).ToHashSet(),
                outcomes);
            _ = reading == AccessLogReading.Clear ? clear++ : ambiguous++;
        }).Check(Effort.Tests(2_000));
        Assert.True(clear > 500 && ambiguous > 100, $"{clear} clear, {ambiguous} ambiguous");
    }

    [Fact]
    public void Damaged_bytes_are_read_as_the_plain_reader_does_and_never_fail()
    {
        var random = new Random(20260401);
        var (damaged, read) = (0, 0);
        var samples = HostileLines.Samples();
        var mutations = LongForm.IsOn ? 1_000_000 : 50_000;
        for (var i = 0; i < mutations; i++)
        {
            var bytes = HostileLines.Mutate(Encoding.UTF8.GetBytes(samples[random.Next(samples.Length)]), random);
            var reading = AccessLogParser.Parse(bytes, out var line);
            var text = Encoding.Latin1.GetString(bytes);
            var plain = PlainAccessLogReader.ReadUniform(text);
            if (plain.Count > 0 && line.Problem is null)
            {
                read++;
                Assert.True(plain.Count > 1 == (reading == AccessLogReading.Ambiguous), text);
                Assert.Equal(plain[0].Status, Encoding.Latin1.GetString(line[AccessLogField.HttpStatus]));
                Assert.Equal(plain[0].Agent, Encoding.Latin1.GetString(line[AccessLogField.UserAgent]));
            }
            else if (reading == AccessLogReading.Damaged)
            {
                damaged++;
                Assert.NotNull(line.Problem);
                Assert.InRange(line.ProblemOffset, 0, bytes.Length);
            }
        }

        Assert.True(damaged > mutations / 10 && read > mutations / 10, $"{damaged} damaged, {read} read");
    }

    private static int? Number(string text) => text == "-" ? null : int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static PlainAccessLogReader.Reading Of(in AccessLogLine line) => new(
        Encoding.UTF8.GetString(line[AccessLogField.RequestUri]),
        Encoding.UTF8.GetString(line[AccessLogField.HttpStatus]),
        Encoding.UTF8.GetString(line[AccessLogField.ErrorCode]),
        Encoding.UTF8.GetString(line[AccessLogField.BytesSent]),
        Encoding.UTF8.GetString(line[AccessLogField.ObjectSize]),
        Encoding.UTF8.GetString(line[AccessLogField.TotalTime]),
        Encoding.UTF8.GetString(line[AccessLogField.TurnAroundTime]),
        Encoding.UTF8.GetString(line[AccessLogField.Referer]),
        Encoding.UTF8.GetString(line[AccessLogField.UserAgent]));
}
