using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Refused deliveries in log files.</summary>
internal sealed class FailureScanTarget() : LogTarget("FailureScan")
{
    protected override void Read(LogObject source, ReadTally tally, Screen screen)
    {
        var scan = new FailureScan(new() { IncludeAll = true }, tally, new DeliverySuccesses()) { Workers = 1 };
        foreach (var failure in scan.Run([source]))
        {
            screen.Show(failure.ToString());
            screen.Show(failure.ErrorMessage);
        }
    }
}
