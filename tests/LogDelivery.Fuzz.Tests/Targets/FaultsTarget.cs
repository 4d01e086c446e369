using System.Text;
using LogDelivery.Sandbox;
using LogDelivery.Sandbox.Control;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>The faults that a sandbox is told to have.</summary>
internal sealed class FaultsTarget : IFuzzTarget
{
    public string Name => "Faults";

    public IEnumerable<byte[]> Seeds => new[]
    {
        """{"service":"s3","operation":"*Bucket*","throttleRate":0.5,"times":2}""",
        """{"rules":[{"operation":"s3:GetBucketPolicy","latencyMs":5,"deny":true},{"cutRate":1e0,"skip":1}],"policyDelayReads":2,"seed":7,"policyChanges":[{"bucket":"b","policy":{"Version":"2012-10-17","Statement":[]}}]}""",
    }.Select(Encoding.UTF8.GetBytes);

    public void Run(byte[] input, Screen screen)
    {
        try
        {
            var faults = ControlService.ReadFaults(Parts.Text(input));
            foreach (var rule in faults.Rules)
            {
                _ = rule.Matches("s3", "GetBucketPolicy", "s3:GetBucketPolicy", "111122223333", "us-east-1");
                _ = faults.Happens(rule.ThrottleRate);
            }
        }
        catch (ScenarioException exception)
        {
            screen.Show(exception.Message);
        }
    }
}
