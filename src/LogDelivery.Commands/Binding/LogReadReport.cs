using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary>What a cmdlet says while it reads logs: one error for each damage, progress past the first second, and an error when there was nothing to read.</summary>
/// <param name="command">The cmdlet.</param>
/// <param name="tally">What has been read.</param>
internal sealed class LogReadReport(LogDeliveryCommand command, ReadTally tally)
{
    private const string Activity = "Reading logs";
    private static readonly TimeSpan BeforeProgress = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan nextProgress = BeforeProgress;
    private bool showsProgress;
    private int damages;

    /// <summary>Says what is new. Called on the pipeline thread.</summary>
    public void Update()
    {
        foreach (var damage in tally.DamagesAfter(damages))
        {
            damages++;
            command.Report($"Log{damage.Kind}", LogDamage.CategoryOf(damage.Kind), damage.File, damage.ToString(), LogDamage.ActionOf(damage.Kind), new InvalidDataException(damage.ToString()));
        }

        if (watch.Elapsed >= nextProgress && tally.FilesFound > 0)
        {
            showsProgress = true;
            nextProgress = watch.Elapsed + BetweenProgress;
            var rate = tally.TextBytes / watch.Elapsed.TotalSeconds / 1e6;
            var status = string.Create(CultureInfo.InvariantCulture, $"{tally.FilesRead} of {tally.FilesFound} files, {tally.TextBytes / 1e6:0} MB of text, {rate:0} MB/s");
            command.WriteProgress(new(0, Activity, status) { PercentComplete = (int)(100 * tally.FilesRead / tally.FilesFound) });
        }
    }

    /// <summary>Says the last. Where nothing was read, nothing can be told: that must not look like "nothing was found".</summary>
    public void Finish()
    {
        Update();
        if (showsProgress)
        {
            command.WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }

        if (command.Conclusion.Add(tally) is { } sentence && !command.HadError)
        {
            command.Report("NothingToRead", ErrorCategory.ObjectNotFound, null, sentence, "Give files, folders or places in S3 that hold logs.");
        }
    }

    /// <summary>What was read, in a sentence.</summary>
    public string Count() => string.Create(
        CultureInfo.InvariantCulture,
        $"{tally.FilesRead} files read ({tally.StoredBytes} bytes, {tally.TextBytes} of text, {tally.Records} records), {tally.FilesSkipped} skipped, {tally.FilesDamaged} damaged.{tally.PassedOver}");
}
