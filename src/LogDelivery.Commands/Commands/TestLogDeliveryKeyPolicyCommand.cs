using System.Management.Automation;
using LogDelivery.Diagnosis;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary><c>Test-LogDeliveryKeyPolicy</c>: does the policy of the KMS key let the sources encrypt their logs?</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogDeliveryKeyPolicy", DefaultParameterSetName = ParameterSets.Document)]
[OutputType(typeof(PolicyTestRow), typeof(bool))]
public sealed class TestLogDeliveryKeyPolicyCommand : DeliveryTestCommand
{
    private protected override PolicyTarget DocumentTarget => PolicyTarget.Key;

    private protected override bool NeedsKey => true;

    private protected override IReadOnlyList<PolicyTestRow> Test(PolicyItem item, Delivery delivery)
    {
        PolicyTestRow[] rows = [.. PolicyTestRow.From(PolicyTest.Run(delivery, null, item.Document), item.Input.Path).Where(r => r.TargetValue == PolicyTarget.Key)];
        if (rows.Length == 0)
        {
            WriteWarning($"{delivery.Source.Id} makes no calls to a KMS key: there is nothing to test.");
        }

        return rows;
    }
}
