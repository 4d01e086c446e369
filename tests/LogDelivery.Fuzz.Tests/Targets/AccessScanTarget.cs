using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Who read and wrote objects, in log files.</summary>
internal sealed class AccessScanTarget() : LogTarget("AccessScan")
{
    protected override void Read(LogObject source, ReadTally tally, Screen screen)
    {
        var scan = new AccessScan(new() { Exclude = new(["10.0.0.0/8", "Lambda:report", "arn:aws:*:role/None"]) }, tally) { Workers = 1 };
        foreach (var access in scan.Run([source]))
        {
            screen.Show(access.ToString());
            screen.Show(access.UserAgent);
            screen.Show(access.Findings);
        }

        screen.Show(scan.Findings);
    }
}
