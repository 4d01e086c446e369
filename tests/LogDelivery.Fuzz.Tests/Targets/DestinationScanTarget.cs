using LogDelivery.Logs.Destinations;
using LogDelivery.Logs.Files;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Who pointed a source where, in log files.</summary>
internal sealed class DestinationScanTarget() : LogTarget("DestinationScan")
{
    protected override void Read(LogObject source, ReadTally tally, Screen screen)
    {
        var scan = new DestinationScan(new() { IncludeAll = true, ExpectedBucketNames = ["amzn-s3-demo-bucket"] }, tally) { Workers = 1 };
        foreach (var destination in scan.Run([source]))
        {
            screen.Show(destination.ToString());
            screen.Show(destination.Findings.SelectMany(f => new[] { f.ToString(), f.Remedy }));
        }
    }
}
