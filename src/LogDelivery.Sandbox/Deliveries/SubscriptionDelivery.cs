using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// Sends the events that subscription filters select to Firehose, in the envelopes of CloudWatch Logs. Source: CloudWatch
/// Logs user guide, SubscriptionFilters.
/// </summary>
internal sealed class SubscriptionDelivery(SandboxState state)
{
    private static readonly TimeSpan Disabled = TimeSpan.FromMinutes(10);

    /// <summary>Sends the events that arrived since the last run.</summary>
    public void Run()
    {
        foreach (var account in state.Accounts.ToArray())
        {
            foreach (var (place, group) in account.LogGroups)
            {
                if (group.Unsent.Count > 0)
                {
                    Send(account.Id, place[..place.IndexOf('/', StringComparison.Ordinal)], group);
                }
            }
        }
    }

    /// <summary>The message that CloudWatch Logs sends when a filter is put, to see whether the destination takes it.</summary>
    public static byte[] ControlMessage(DateTimeOffset now) => Compress(new JsonObject
    {
        ["messageType"] = "CONTROL_MESSAGE",
        ["owner"] = "CloudwatchLogs",
        ["logGroup"] = string.Empty,
        ["logStream"] = string.Empty,
        ["subscriptionFilters"] = new JsonArray(),
        ["logEvents"] = new JsonArray(new JsonObject
        {
            ["id"] = string.Empty,
            ["timestamp"] = now.ToUnixTimeMilliseconds(),
            ["message"] = "CWL CONTROL MESSAGE: Checking health of destination Firehose.",
        }),
    });

    private void Send(string account, string region, SandboxLogGroup group)
    {
        var unsent = group.Unsent.ToArray();
        group.Unsent.Clear();
        foreach (var filter in group.SubscriptionFilters.Values)
        {
            // Only what comes after the filter was put is sent.
            var matching = unsent.Where(e => e.Event.Ingestion >= filter.Created && filter.Pattern.Matches(e.Event.Message)).ToArray();
            foreach (var batch in matching.GroupBy(e => e.Stream))
            {
                Send(account, region, group, filter, batch.Key, [.. batch.Select(e => e.Event)]);
            }
        }
    }

    private void Send(string account, string region, SandboxLogGroup group, SandboxSubscriptionFilter filter, string stream, StoredEvent[] events)
    {
        if (filter.DisabledUntil is { } until && state.Now < until)
        {
            filter.Skipped += events.Length;
            return;
        }

        filter.Error = state.FindStream(filter.DestinationArn) is not { } destination ? "the stream does not exist"
            : destination.Status != "ACTIVE" ? $"the stream is {destination.Status}"
            : RoleUse.ProblemOfLogs(state, group, account, region, filter.RoleArn, destination);
        if (filter.Error is not null)
        {
            filter.DisabledUntil = state.Now + Disabled;
            filter.Skipped += events.Length;
            return;
        }

        filter.DisabledUntil = null;
        filter.Sent += events.Length;
        state.FindStream(filter.DestinationArn)!.Buffer.Add(new(state.Now, Envelope(account, group, filter, stream, events)));
    }

    private static byte[] Envelope(string account, SandboxLogGroup group, SandboxSubscriptionFilter filter, string stream, StoredEvent[] events) => Compress(new JsonObject
    {
        ["messageType"] = "DATA_MESSAGE",
        ["owner"] = account,
        ["logGroup"] = group.Name,
        ["logStream"] = stream,
        ["subscriptionFilters"] = new JsonArray(filter.Name),
        ["logEvents"] = new JsonArray([.. events.Select(e => new JsonObject
        {
            ["id"] = e.Id,
            ["timestamp"] = e.Timestamp.ToUnixTimeMilliseconds(),
            ["message"] = e.Message,
        })]),
    });

    private static byte[] Compress(JsonObject envelope)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(JsonSerializer.SerializeToUtf8Bytes(envelope, WireJson.Relaxed));
        }

        return output.ToArray();
    }
}
