using LogDelivery.Requests;

namespace LogDelivery.Cli;

/// <summary>Prints how the repair of a document ended.</summary>
internal static class RecordReport
{
    public static void Write(PolicyRepairRecord record, OutputFormat format, Screen output, Screen error)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonLine.From(record));
            return;
        }

        var style = output.Style;
        var outcome = record.Outcome.ToString();
        output.WriteLine($"{(Outcomes.Of(record) == Outcome.Well ? style.Good(outcome) : style.Bad(outcome))} {record.Explanation}");
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
}
