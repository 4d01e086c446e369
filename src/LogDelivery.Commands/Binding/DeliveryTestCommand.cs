using System.Management.Automation;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>Tests documents by deliveries: a row per call, or one yes or no for everything.</summary>
public abstract class DeliveryTestCommand : DeliveryPolicyCommand
{
    private bool wasTested;
    private bool hasFailed;

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
            WriteVerbose($"{delivery}, {item.Input}: {rows.Count(r => r.Verdict == Verdict.Allowed)} of {rows.Count} calls are allowed.");
            wasTested |= rows.Count > 0;
            hasFailed |= rows.Any(r => r.Blocks || r is { IsOptional: false, Verdict: Verdict.Unknown });
            if (!Quiet)
            {
                WriteObject(rows, enumerateCollection: true);
            }
        }
    }

    // What could not be tested must not pass: a yes means that everything that was asked for is known to be let in.
    private protected sealed override void Finish()
    {
        if (Quiet)
        {
            WriteObject(wasTested && !hasFailed && !HadError && !IsPartial);
        }
    }
}
