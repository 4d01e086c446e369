using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Signature versions in log files.</summary>
internal sealed class SignatureScanTarget() : LogTarget("SignatureScan")
{
    protected override void Read(LogObject source, ReadTally tally, Screen screen)
        => screen.Show(new SignatureScan(new SignatureFilter(), tally) { Workers = 1 }.Run([source]));
}
