using System.Text.Json.Nodes;
using LogDelivery.Streams;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>Events through a subscription filter and Firehose into a bucket: what arrives, and what stops it.</summary>
public sealed class PipelineTests
{
    /// <summary>What breaks a link over the wire, what mends it, and which link it is.</summary>
    private static readonly Dictionary<string, (StreamLink Link, Func<Pipeline, Task> Break, Func<Pipeline, Task> Mend)> Breaks = new()
    {
        ["no filter"] = (
            StreamLink.SubscriptionFilter,
            async p => (await p.Sandbox.Logs("DeleteSubscriptionFilter", new { logGroupName = Pipeline.Group, filterName = "logins" })).Ok(),
            async p => (await p.PutFilter()).Ok()),
        ["subscription trust"] = (
            StreamLink.SubscriptionTrust,
            p => p.PutTrust("logs", Pipeline.LogsTrust.Replace("us-east-1.amazonaws", "eu-west-1.amazonaws", StringComparison.Ordinal)),
            p => p.PutTrust("logs", Pipeline.LogsTrust)),
        ["subscription permission"] = (
            StreamLink.SubscriptionPermission,
            p => p.PutRolePolicy("logs", Pipeline.LogsPolicy.Replace("console-login", "consolelogin", StringComparison.Ordinal)),
            p => p.PutRolePolicy("logs", Pipeline.LogsPolicy)),
        ["stream trust"] = (
            StreamLink.StreamTrust,
            p => p.PutTrust("firehose", Pipeline.FirehoseTrust.Replace("firehose.", "ec2.", StringComparison.Ordinal)),
            p => p.PutTrust("firehose", Pipeline.FirehoseTrust)),
        ["bucket permission"] = (
            StreamLink.BucketPermission,
            p => p.PutRolePolicy("firehose", p.FirehosePolicy.Replace($"{Pipeline.Bucket}/*\"", $"{Pipeline.Bucket}/logins/*\"", StringComparison.Ordinal)),
            p => p.PutRolePolicy("firehose", p.FirehosePolicy)),
        ["key permission"] = (
            StreamLink.KeyPermission,
            p => p.PutRolePolicy("firehose", p.FirehosePolicy.Replace("/consolelogin/*", "/logins/*", StringComparison.Ordinal)),
            p => p.PutRolePolicy("firehose", p.FirehosePolicy)),
        ["no bucket"] = (
            StreamLink.Bucket,
            async p =>
            {
                foreach (var key in await p.Sandbox.Keys(Pipeline.Bucket))
                {
                    (await p.Sandbox.S3("DELETE", $"/{Pipeline.Bucket}/{key}")).Ok();
                }

                (await p.Sandbox.S3("DELETE", $"/{Pipeline.Bucket}")).Ok();
            },
            async p => (await p.Sandbox.S3("PUT", $"/{Pipeline.Bucket}")).Ok()),
        ["bucket policy"] = (
            StreamLink.BucketPolicy,
            async p => (await p.Sandbox.S3("PUT", $"/{Pipeline.Bucket}?policy", $$$$"""{"Version":"2012-10-17","Statement":[{"Sid":"VpcOnly","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{{Pipeline.Bucket}}}}/*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}}]}""")).Ok(),
            async p => (await p.Sandbox.S3("DELETE", $"/{Pipeline.Bucket}?policy")).Ok()),
        ["disabled key"] = (
            StreamLink.Key,
            async p => (await p.Sandbox.Kms("DisableKey", new { KeyId = p.KeyArn })).Ok(),
            async p => (await p.Sandbox.Kms("EnableKey", new { KeyId = p.KeyArn })).Ok()),
        ["key policy"] = (
            StreamLink.KeyPolicy,
            async p => (await p.Sandbox.Kms("PutKeyPolicy", new { KeyId = p.KeyArn, PolicyName = "default", Policy = Pipeline.KeyPolicy.Replace(":root", ":user/sandbox", StringComparison.Ordinal) })).Ok(),
            async p => (await p.Sandbox.Kms("PutKeyPolicy", new { KeyId = p.KeyArn, PolicyName = "default", Policy = Pipeline.KeyPolicy })).Ok()),
    };

    public static TheoryData<string> Names => [.. Breaks.Keys];

    [Fact]
    public async Task A_role_that_may_use_no_objects_but_those_below_the_prefix_delivers()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.PutRolePolicy("firehose", pipeline.FirehosePolicy.Replace($"{Pipeline.Bucket}/*\"", $"{Pipeline.Bucket}/consolelogin/*\"", StringComparison.Ordinal));
        await pipeline.Happen("narrow");
        await pipeline.Sandbox.Advance(5);
        Assert.Contains("narrow", await pipeline.Arrived(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_matches_arrives_as_gzip_members_glued_together_the_control_message_first()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.Happen("one");
        await pipeline.Happen("two");
        await pipeline.Sandbox.Advance(5);
        var key = Assert.Single(await pipeline.Sandbox.Keys(Pipeline.Bucket));
        Assert.Matches("^consolelogin/2026/01/31/console-login-1-2026-01-31-09-05-00-[0-9a-f-]{36}$", key);
        var text = Pipeline.Unpack(await pipeline.Sandbox.Object(key, Pipeline.Bucket));
        var envelopes = Split(text).ToArray();
        Assert.Equal(["CONTROL_MESSAGE", "DATA_MESSAGE", "DATA_MESSAGE"], envelopes.Select(e => (string?)e["messageType"]));
        Assert.Equal((Pipeline.Account, Pipeline.Group, "trail"), ((string?)envelopes[1]["owner"], (string?)envelopes[1]["logGroup"], (string?)envelopes[1]["logStream"]));
        Assert.Equal("logins", (string?)envelopes[1]["subscriptionFilters"]![0]);
        Assert.Equal("""{"eventName":"ConsoleLogin","eventID":"one"}""", (string?)envelopes[1]["logEvents"]!.AsArray().Single()!["message"]);
    }

    [Fact]
    public async Task A_healthy_pipeline_is_told_to_be_one()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.Happen("one");
        await pipeline.Sandbox.Advance(5);
        foreach (var group in new[] { Pipeline.Group, null })
        {
            var rows = await pipeline.Test(group);
            Assert.All(rows, r => Assert.True(r.StateValue == StreamLinkState.Working, $"{r.Link} is {r.State}: {r.Reason}"));
            Assert.Contains("consolelogin/2026/01/31/", rows[^1].Observed, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_link_is_named_and_once_it_is_mended_records_arrive(string name)
    {
        var (link, doBreak, mend) = Breaks[name];
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.Sandbox.Advance(5);
        await doBreak(pipeline);
        await pipeline.Happen("stopped");
        await pipeline.Sandbox.Advance(5);
        Assert.DoesNotContain("stopped", name == "no bucket" ? string.Empty : await pipeline.Arrived(), StringComparison.Ordinal);
        var rows = await pipeline.Test();
        Assert.Equal([link], rows.Where(r => r.StateValue == StreamLinkState.Broken).Select(r => r.LinkValue));
        if (link is StreamLink.StreamTrust or StreamLink.BucketPermission or StreamLink.KeyPermission or StreamLink.BucketPolicy or StreamLink.KeyPolicy or StreamLink.Bucket or StreamLink.Key)
        {
            Assert.StartsWith("S3.", rows.Single(r => r.LinkValue == link).Observed, StringComparison.Ordinal);
        }

        await mend(pipeline);
        await pipeline.Sandbox.Advance(10);
        await pipeline.Happen("arrives");
        await pipeline.Sandbox.Advance(5);
        Assert.Contains("arrives", await pipeline.Arrived(), StringComparison.Ordinal);
        Assert.DoesNotContain(await pipeline.Test(), r => r.StateValue == StreamLinkState.Broken);
    }

    [Theory]
    [InlineData("subscription trust", 1)]
    [InlineData("subscription permission", 1)]
    [InlineData("stream trust", 1)]
    [InlineData("bucket permission", 1)]
    [InlineData("key permission", 1)]
    [InlineData("bucket policy", 1)]
    [InlineData("key policy", 1)]
    [InlineData("disabled key", 0)]
    public async Task A_repair_writes_the_one_policy_that_is_at_fault_and_records_arrive(string name, int writes)
    {
        var (link, doBreak, _) = Breaks[name];
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.Sandbox.Advance(5);
        await doBreak(pipeline);
        await pipeline.Happen("stopped");
        await pipeline.Sandbox.Advance(5);
        var (plan, records) = await pipeline.Repair();
        Assert.Equal(writes, records.Count);
        Assert.All(records, r => Assert.True(r is { OutcomeValue: PolicyRepairOutcome.Repaired, IsLetIn: true, Certificate.Excess: 0, BackupId.Length: > 0 }, $"{r.Outcome} {r.Explanation} {string.Join(' ', r.Obstacles)}"));
        Assert.Equal(writes == 0 ? [link] : [], plan.Left.Select(r => r.LinkValue));
        if (writes > 0)
        {
            await pipeline.Sandbox.Advance(10);
            await pipeline.Happen("arrives");
            await pipeline.Sandbox.Advance(5);
            Assert.Contains("arrives", await pipeline.Arrived(), StringComparison.Ordinal);
            Assert.DoesNotContain(await pipeline.Test(), r => r.StateValue == StreamLinkState.Broken);
            Assert.Empty((await pipeline.Repair()).Records);
        }
    }

    [Fact]
    public async Task What_a_role_denies_itself_is_named_and_left()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.PutRolePolicy("firehose", pipeline.FirehosePolicy.Replace("\"Statement\":[", "\"Statement\":[{\"Sid\":\"NoUploads\",\"Effect\":\"Deny\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"},", StringComparison.Ordinal));
        var (plan, records) = await pipeline.Repair();
        Assert.Empty(records);
        Assert.Contains("NoUploads", Assert.Single(plan.Live.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Firehose_could_not_write_is_kept_for_a_day()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.PutTrust("firehose", Pipeline.FirehoseTrust.Replace("firehose.", "ec2.", StringComparison.Ordinal));
        await pipeline.Happen("kept");
        await pipeline.Sandbox.Advance(60 * 23);
        await pipeline.PutTrust("firehose", Pipeline.FirehoseTrust);
        await pipeline.Sandbox.Advance(5);
        Assert.Contains("kept", await pipeline.Arrived(), StringComparison.Ordinal);
        await pipeline.PutTrust("firehose", Pipeline.FirehoseTrust.Replace("firehose.", "ec2.", StringComparison.Ordinal));
        await pipeline.Happen("lost");
        await pipeline.Sandbox.Advance(60 * 25);
        await pipeline.PutTrust("firehose", Pipeline.FirehoseTrust);
        await pipeline.Sandbox.Advance(5);
        Assert.DoesNotContain("lost", await pipeline.Arrived(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_logged_as_Firehose_does()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.PutRolePolicy("firehose", pipeline.FirehosePolicy.Replace("s3:PutObject", "s3:PutObjectTagging", StringComparison.Ordinal));
        await pipeline.Sandbox.Advance(5);
        var events = (await pipeline.Sandbox.Logs("GetLogEvents", new { logGroupName = Pipeline.ErrorGroup, logStreamName = "DestinationDelivery" })).Ok().Json["events"]!.AsArray();
        var error = JsonNode.Parse((string)events[0]!["message"]!)!;
        Assert.Equal((Pipeline.StreamArn, $"arn:aws:s3:::{Pipeline.Bucket}", "S3.AccessDenied"), ((string?)error["deliveryStreamARN"], (string?)error["destination"], (string?)error["errorCode"]));
    }

    [Fact]
    public async Task Records_that_cannot_be_processed_are_set_aside_and_read_back()
    {
        using var pipeline = await Pipeline.CreateAsync();
        var update = new JsonObject
        {
            ["DeliveryStreamName"] = Pipeline.Stream,
            ["CurrentDeliveryStreamVersionId"] = "1",
            ["DestinationId"] = "destinationId-000000000001",
            ["ExtendedS3DestinationUpdate"] = new JsonObject
            {
                ["ProcessingConfiguration"] = new JsonObject
                {
                    ["Enabled"] = true,
                    ["Processors"] = new JsonArray(
                        new JsonObject { ["Type"] = "Decompression", ["Parameters"] = new JsonArray(new JsonObject { ["ParameterName"] = "CompressionFormat", ["ParameterValue"] = "GZIP" }) },
                        new JsonObject { ["Type"] = "AppendDelimiterToRecord" }),
                },
            },
        };
        (await pipeline.Sandbox.Json("firehose", "Firehose_20150804.UpdateDestination", update)).Ok();
        await pipeline.Happen("plain");
        (await pipeline.Sandbox.Json("firehose", "Firehose_20150804.PutRecord", new { DeliveryStreamName = Pipeline.Stream, Record = new { Data = Convert.ToBase64String("no gzip"u8) } })).Ok();
        await pipeline.Sandbox.Advance(5);
        var keys = await pipeline.Sandbox.Keys(Pipeline.Bucket);
        var set = Assert.Single(keys, k => k.StartsWith("consolelogin/decompression-failed/2026/01/31/console-login-2-", StringComparison.Ordinal));
        Assert.Equal("no gzip", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse((await pipeline.Sandbox.Object(set, Pipeline.Bucket)))!["rawData"]!)));
        var data = System.Text.Encoding.UTF8.GetString(await pipeline.Sandbox.Object(keys.Single(k => k != set), Pipeline.Bucket));
        Assert.Equal(2, data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var arrival = (await pipeline.Test())[^1];
        Assert.Contains(arrival.Findings, f => f.Id == "LD0128");
        Assert.Contains("after 1 attempts", arrival.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_is_refused_whose_destination_takes_no_test_message()
    {
        using var pipeline = await Pipeline.CreateAsync();
        await pipeline.PutRolePolicy("logs", Pipeline.LogsPolicy.Replace("console-login", "other", StringComparison.Ordinal));
        var answer = await pipeline.PutFilter();
        Assert.Equal("InvalidParameterException", answer.Error);
        Assert.Contains("Could not deliver test message", answer.Text, StringComparison.Ordinal);
        Assert.Equal("InvalidParameterException", (await pipeline.PutFilter("{ $.eventName = }")).Error);
    }

    private static IEnumerable<JsonObject> Split(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        for (var start = 0; start < bytes.Length;)
        {
            var reader = new System.Text.Json.Utf8JsonReader(bytes.AsSpan(start));
            var node = JsonNode.Parse(ref reader)!.AsObject();
            start += (int)reader.BytesConsumed;
            yield return node;
        }
    }
}
