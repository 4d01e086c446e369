using LogDelivery.Sources;

namespace LogDelivery.Cli;

/// <summary>Prints how the repair of a document ended.</summary>
internal static class RecordReport
{
    /// <summary>What the run comes to: the worst of its documents. What was not asked for counts only where deliveries hang on it.</summary>
    public static int ExitCodeOf(IReadOnlyList<PolicyRepairRecord> records)
    {
        var counted = records.Where(r => r.Outcome != PolicyRepairOutcome.NotAskedFor || r.Target is PolicyTarget.Bucket or PolicyTarget.Key).ToArray();
        return counted.Any(r => CodeOf(r) == ExitCode.Wrong) ? ExitCode.Wrong
            : counted.Any(r => CodeOf(r) == ExitCode.Unknown) ? ExitCode.Unknown
            : ExitCode.Ok;
    }

    public static void Write(PolicyRepairRecord record, OutputFormat format, TextWriter output, TextWriter error)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonLine.From(record));
            return;
        }

        var style = TerminalStyle.For(output);
        var outcome = record.Outcome.ToString();
        output.WriteLine($"{(CodeOf(record) == ExitCode.Ok ? style.Good(outcome) : style.Bad(outcome))} {record.Explanation}");
        foreach (var obstacle in record.Obstacles)
        {
            output.WriteLine($"  {style.Bad("Open:")} {obstacle}");
        }

        if (record.BackupId is { } backup)
        {
            output.WriteLine(style.Dim($"  Backup {backup}; 'logdelivery restore-policy {backup}' puts it back."));
        }

        if (record.NextDelivery is { } next)
        {
            output.WriteLine($"  {next}");
        }

        if (record.Error is { } problem && !record.Explanation.Contains(problem, StringComparison.Ordinal))
        {
            error.WriteLine(problem);
        }
    }

    private static int CodeOf(PolicyRepairRecord record) => record.Outcome switch
    {
        PolicyRepairOutcome.Failed or PolicyRepairOutcome.Unconfirmed => ExitCode.Unknown,
        PolicyRepairOutcome.NothingToDo or PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NotAskedFor when record.HasDelivered == false => ExitCode.Unknown,
        PolicyRepairOutcome.NothingToDo or PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NotAskedFor when record.IsLetIn is null => ExitCode.Unknown,
        PolicyRepairOutcome.NothingToDo or PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NotAskedFor when record.IsLetIn == true => ExitCode.Ok,
        PolicyRepairOutcome.Restored => ExitCode.Ok,
        _ => ExitCode.Wrong,
    };
}
