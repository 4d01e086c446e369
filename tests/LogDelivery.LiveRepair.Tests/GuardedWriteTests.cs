using LogDelivery.Gateways;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>The protocol of one write, against a store that does just what a test says.</summary>
public class GuardedWriteTests
{
    private const string Old = """{"Version":"2012-10-17","Statement":[{"Sid":"Old","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::b"}]}""";
    private const string New = """{"Version":"2012-10-17","Statement":[{"Sid":"New","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::b"}]}""";
    private const string Other = """{"Version":"2012-10-17","Statement":[{"Sid":"Other","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::b"}]}""";

    [Fact]
    public async Task What_was_planned_on_is_replaced_and_read_back()
    {
        var store = new ScriptedStore(Old);
        var result = await WriteAsync(store);
        Assert.Equal((WriteEnd.Verified, New, null), (result.End, result.Present, result.Displaced));
        Assert.Equal(1, store.Writes);
    }

    [Fact]
    public async Task What_has_changed_is_not_written()
    {
        var store = new ScriptedStore(Other);
        Assert.Equal((WriteEnd.Changed, Other), await EndOf(store));
        Assert.Equal(0, store.Writes);
    }

    [Fact]
    public async Task The_same_policy_in_another_spelling_is_the_same()
    {
        var store = new ScriptedStore(Old.Replace("\"s3:DeleteBucket\"", "[ \"s3:DeleteBucket\" ]", StringComparison.Ordinal).Replace("\"Principal\":\"*\",", string.Empty, StringComparison.Ordinal).Replace("\"Effect\":\"Deny\"", "\"Principal\":\"*\",\"Effect\":\"Deny\"", StringComparison.Ordinal));
        Assert.Equal(WriteEnd.Verified, (await WriteAsync(store)).End);
    }

    [Fact]
    public async Task Whoever_writes_right_after_the_comparison_is_met()
    {
        var store = new ScriptedStore(Old) { AfterRead = { [1] = s => s.Document = Other }, WriteDelay = TimeSpan.FromMilliseconds(50) };
        var result = await WriteAsync(store);
        Assert.Equal((WriteEnd.Verified, Other), (result.End, result.Displaced));
    }

    [Fact]
    public async Task Whoever_writes_after_the_write_is_seen()
    {
        var store = new ScriptedStore(Old) { AfterWrite = s => s.Document = Other };
        Assert.Equal((WriteEnd.Overwritten, Other), await EndOf(store));
    }

    [Fact]
    public async Task Whoever_writes_while_it_settles_is_seen()
    {
        var store = new ScriptedStore(Old);
        var write = new GuardedWrite(store, LiveSandbox.Brisk with { Settle = TimeSpan.FromMilliseconds(200) }, TimeProvider.System).ReplaceAsync(Old, New, LiveSandbox.Cancel);
        while (store.Writes == 0)
        {
            await Task.Delay(1, LiveSandbox.Cancel);
        }

        await Task.Delay(60, LiveSandbox.Cancel);
        store.Document = Other;
        Assert.Equal(WriteEnd.Overwritten, (await write).End);
    }

    [Theory]
    [InlineData(AwsErrorKind.AccessDenied, 1)]
    [InlineData(AwsErrorKind.Authentication, 1)]
    [InlineData(AwsErrorKind.Invalid, 1)]
    [InlineData(AwsErrorKind.Throttled, 4)]
    public async Task A_refusal_is_final_and_throttling_is_tried_again(object kind, int writes)
    {
        var store = new ScriptedStore(Old) { WriteError = _ => new((AwsErrorKind)kind, "Code", "no") };
        Assert.Equal((WriteEnd.NotWritten, Old), await EndOf(store));
        Assert.Equal(writes, store.Writes);
    }

    [Fact]
    public async Task Without_a_clear_answer_the_document_tells()
    {
        var store = new ScriptedStore(Old) { WriteError = n => n == 1 ? new(AwsErrorKind.Timeout, "Timeout", "no answer") : null, LosesAnswers = true };
        Assert.Equal((WriteEnd.Verified, New), await EndOf(store));
        Assert.Equal(1, store.Writes);
    }

    [Fact]
    public async Task Never_an_answer_is_unconfirmed()
    {
        var store = new ScriptedStore(Old) { WriteError = _ => new(AwsErrorKind.Timeout, "Timeout", "no answer") };
        Assert.Equal((WriteEnd.Unconfirmed, Old), await EndOf(store));
        Assert.Equal(4, store.Writes);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_written()
    {
        var store = new ScriptedStore(Old) { ReadError = new(AwsErrorKind.Authentication, "ExpiredToken", "expired") };
        Assert.Equal((WriteEnd.NotWritten, null), await EndOf(store));
        Assert.Equal(0, store.Writes);
    }

    [Fact]
    public async Task What_cannot_be_read_back_is_unconfirmed()
    {
        var store = new ScriptedStore(Old) { AfterWrite = s => s.ReadError = new(AwsErrorKind.Authentication, "ExpiredToken", "expired") };
        Assert.Equal((WriteEnd.Unconfirmed, null), await EndOf(store));
    }

    [Fact]
    public async Task A_cancelled_run_writes_nothing()
    {
        var store = new ScriptedStore(Old);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new GuardedWrite(store, LiveSandbox.Brisk, TimeProvider.System).ReplaceAsync(Old, New, cancelled.Token));
        Assert.Equal(0, store.Writes);
    }

    [Theory]
    [InlineData("""{"Principal":{"AWS":"111122223333"}}""", """{"Principal":{"AWS":["arn:aws:iam::111122223333:root"]}}""", true)]
    [InlineData("""{"Action":["b","a"]}""", """{"Action":["a","b"]}""", true)]
    [InlineData("""{"Action":["a"]}""", """{"Action":["a","b"]}""", false)]
    [InlineData("""{"Statement":[{"Sid":"1"},{"Sid":"2"}]}""", """{"Statement":[{"Sid":"2"},{"Sid":"1"}]}""", false)]
    [InlineData("not JSON", "not JSON ", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "{}", false)]
    public void The_same_policy_is_recognised(string? left, string? right, bool isSame)
        => Assert.Equal(isSame, SamePolicy.Is(left, right));

    [Theory]
    [InlineData("CloudTrail", "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/05")]
    [InlineData("Config", "AWSLogs/111122223333/Config/us-east-1/2026/11/5")]
    [InlineData("VpcFlowLogs", "AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/11/05")]
    public void New_objects_are_looked_for_in_todays_folder_and_below_the_prefix(string source, string today)
    {
        var delivery = LogDelivery.Tests.Repair.Situation.Of(source) with { KeyPrefix = null };
        var prefixes = RecoveryWatch.Prefixes(delivery, new DateTimeOffset(2026, 11, 5, 10, 0, 0, TimeSpan.Zero)).ToArray();
        Assert.Equal(today, prefixes[0]);
        Assert.StartsWith("AWSLogs/111122223333/", prefixes[^1], StringComparison.Ordinal);
    }

    private static Task<WriteResult> WriteAsync(IPolicyStore store) => new GuardedWrite(store, LiveSandbox.Brisk, TimeProvider.System).ReplaceAsync(Old, New, LiveSandbox.Cancel);

    private static async Task<(WriteEnd End, string? Present)> EndOf(IPolicyStore store) => await WriteAsync(store) is var result ? (result.End, result.Present) : default;

    private sealed class ScriptedStore(string document) : IPolicyStore
    {
        private int reads;

        public string? Document { get; set; } = document;

        public int Writes { get; private set; }

        public Dictionary<int, Action<ScriptedStore>> AfterRead { get; } = [];

        public Action<ScriptedStore>? AfterWrite { get; init; }

        public Func<int, AwsCallException?>? WriteError { get; init; }

        public bool LosesAnswers { get; init; }

        public TimeSpan WriteDelay { get; init; }

        public AwsCallException? ReadError { get; set; }

        public PolicyTarget Target => PolicyTarget.Bucket;

        public string Resource => "arn:aws:s3:::b";

        public string? PolicyName => null;

        public async Task<Readable<string>> ReadAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (ReadError is { } error)
            {
                throw error;
            }

            var text = Document;
            if (AfterRead.TryGetValue(Interlocked.Increment(ref reads), out var act))
            {
                act(this);
            }

            return text is null ? Readable.Missing<string>() : Readable.Found(text);
        }

        public async Task WriteAsync(string? text, CancellationToken cancellationToken)
        {
            await Task.Delay(WriteDelay, cancellationToken);
            Writes++;
            var error = WriteError?.Invoke(Writes);
            if (error is null || LosesAnswers)
            {
                Document = text;
                AfterWrite?.Invoke(this);
            }

            if (error is not null)
            {
                throw error;
            }
        }
    }
}
