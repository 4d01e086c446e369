using System.Management.Automation;
using LogDelivery.Policies;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>Tests documents by deliveries: a row per call, or one yes or no for everything.</summary>
public abstract class DeliveryTestCommand : DeliveryPolicyCommand
{
    private protected DeliveryTestCommand()
    {
    }

    /// <summary>Whether to give one Boolean instead of rows.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The rows of one delivery.</summary>
    private protected abstract IReadOnlyList<PolicyTestRow> Test(PolicyItem item, Delivery delivery);

    private protected sealed override void Handle(PolicyItem item, IReadOnlyList<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            var rows = Test(item, delivery);
            WriteVerbose($"{delivery}, {item.Input}: {rows.Count(r => r.VerdictValue == Verdict.Allowed)} of {rows.Count} calls are allowed.");
            foreach (var row in rows)
            {
                Conclusion.Add(Outcomes.Of(row));
            }

            if (!Quiet)
            {
                WriteObject(rows, enumerateCollection: true);
            }
        }
    }

    private protected sealed override void Finish()
    {
        if (Quiet)
        {
            WriteQuietAnswer();
        }
    }
}
