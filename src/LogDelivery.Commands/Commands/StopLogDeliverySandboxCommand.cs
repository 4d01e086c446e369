using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary><c>Stop-LogDeliverySandbox</c>: ends what <c>Start-LogDeliverySandbox</c> began.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LogDeliverySandbox")]
public sealed class StopLogDeliverySandboxCommand : LogDeliveryCommand
{
    /// <summary>The sandboxes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public LogDeliverySandbox[] Sandbox { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var sandbox in Sandbox)
        {
            sandbox.Dispose();
        }
    }
}
