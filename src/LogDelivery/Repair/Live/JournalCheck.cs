using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogDelivery.Repair;

/// <summary>
/// What a check of a journal has found. Each entry carries the hash of the line before it and a hash of itself, so that a
/// changed, a removed and an inserted line break the chain. The chain has no key: whoever may write the file can make a new
/// one, which is why the file is also refused when others may write it. Lines that are cut off at the end leave a valid chain;
/// the backups that they vouched for are then found to be vouched for by nothing.
/// </summary>
internal sealed class JournalCheck
{
    private readonly Dictionary<string, string> vouched = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Document, string? Repaired)> unchained = new(StringComparer.Ordinal);

    /// <summary>The number of entries of the chain.</summary>
    public long Entries { get; private set; }

    /// <summary>The number of entries at the beginning that older versions wrote, without a chain.</summary>
    public long Unchained { get; private set; }

    /// <summary>Whether the last line has no end: a run was killed, or writes just now. The next write mends it.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Where and how the chain is broken; <see langword="null"/> when it is not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether no line was changed, removed or inserted.</summary>
    public bool IsValid => Problem is null;

    /// <summary>Tells what the journal says of a backup. A broken journal vouches for nothing.</summary>
    /// <param name="backup">The backup.</param>
    public PolicyBackupVouching Of(PolicyBackup backup)
        => Problem is not null ? PolicyBackupVouching.Unvouched
            : vouched.TryGetValue(backup.Id, out var fingerprint) ? (fingerprint == FingerprintOf(backup) ? PolicyBackupVouching.Vouched : PolicyBackupVouching.Unvouched)
            : unchained.TryGetValue(backup.Id, out var hashes) && hashes == (SamePolicy.HashOf(backup.Document), SamePolicy.HashOf(backup.RepairedDocument)) ? PolicyBackupVouching.Unchained
            : PolicyBackupVouching.Unvouched;

    /// <summary>The hash over everything in a backup that a restore goes by.</summary>
    internal static string FingerprintOf(PolicyBackup backup) => HashOf(JsonSerializer.SerializeToUtf8Bytes(
        new object?[]
        {
            backup.Id, backup.Time.Ticks, backup.Target.ToString(), backup.Resource, backup.PolicyName, backup.BucketName, backup.AccountId, backup.Region, backup.Caller, backup.RunId,
            backup.Reason, backup.Document, backup.RepairedDocument,
        },
        RepairJson.Line));

    /// <summary>The line for a record: its links of the chain first, then the record.</summary>
    /// <param name="record">The record as a JSON object.</param>
    /// <param name="previousLine">The line before it; empty for the first.</param>
    /// <param name="kept">The backups that the record vouches for.</param>
    /// <param name="mended">What was mended before this line was added; <see langword="null"/> for nothing.</param>
    internal static string LineOf(string record, ReadOnlySpan<byte> previousLine, IReadOnlyList<PolicyBackup> kept, string? mended)
    {
        var backups = new JsonObject();
        foreach (var backup in kept)
        {
            backups[backup.Id] = FingerprintOf(backup);
        }

        var more = new JsonObject { ["Backups"] = backups };
        if (mended is not null)
        {
            more["Mended"] = mended;
        }

        var rest = $"{more.ToJsonString(RepairJson.Line)[1..^1]},{record[1..]}";
        var previous = HashOf(previousLine);
        return $$"""{"Previous":"{{previous}}","Own":"{{OwnOf(previous, rest)}}",{{rest}}""";
    }

    internal static JournalCheck Of(Stream stream)
    {
        var check = new JournalCheck();
        byte[] last = [];
        var number = 0L;
        using var pending = new MemoryStream();
        foreach (var line in Lines(stream, pending))
        {
            number++;
            if (!check.Add(line, last, number))
            {
                break;
            }

            last = line;
        }

        check.IsTorn = check.IsValid && pending.Length > 0;
        return check;
    }

    // A mistake in the middle ends the check: what comes after it hangs on nothing.
    private bool Add(byte[] line, byte[] last, long number)
    {
        JsonObject? entry;
        try
        {
            entry = JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            entry = null;
        }

        if (Entries == 0 && (entry is null || !entry.ContainsKey("Previous")))
        {
            // Older versions left torn lines where they were.
            Unchained++;
            if ((string?)entry?["BackupId"] is { } id)
            {
                unchained.TryAdd(id, ((string?)entry["BeforeSha256"], (string?)entry["AfterSha256"]));
            }

            return true;
        }

        Problem = entry is null ? $"line {number} is no entry"
            : (string?)entry["Previous"] is not { } previous ? $"line {number} has no link to the line before it: it was inserted, or written by an older version"
            : previous != HashOf(last) ? $"line {number} does not follow on the line before it: a line was changed, removed or inserted there"
            : !IsItself(line, previous, (string?)entry["Own"]) ? $"line {number} was changed"
            : null;
        if (Problem is not null)
        {
            return false;
        }

        Entries++;
        foreach (var (id, fingerprint) in entry!["Backups"] as JsonObject ?? [])
        {
            vouched.TryAdd(id, (string?)fingerprint ?? string.Empty);
        }

        return true;
    }

    private static bool IsItself(byte[] line, string previous, string? own)
    {
        var text = Encoding.UTF8.GetString(line);
        var head = $$"""{"Previous":"{{previous}}","Own":"{{own}}",""";
        return own is not null && text.StartsWith(head, StringComparison.Ordinal) && OwnOf(previous, text[head.Length..]) == own;
    }

    private static string OwnOf(string previous, string rest) => HashOf(Encoding.UTF8.GetBytes($"{previous}\n{rest}"));

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    // By bytes, since the hashes are of bytes. What is pending in the end has no end, and is no line yet.
    private static IEnumerable<byte[]> Lines(Stream stream, MemoryStream pending)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            var start = 0;
            int end;
            while ((end = Array.IndexOf(buffer, (byte)'\n', start, read - start)) >= 0)
            {
                pending.Write(buffer, start, end - start);
                var line = pending.ToArray();
                pending.SetLength(0);
                yield return line;
                start = end + 1;
            }

            pending.Write(buffer, start, read - start);
        }
    }
}
