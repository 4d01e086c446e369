using System.Management.Automation;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary><c>New-LogDeliveryPolicy</c>: a policy that holds just what deliveries need. Nothing is written anywhere.</summary>
[Cmdlet(VerbsCommon.New, "LogDeliveryPolicy")]
[OutputType(typeof(string))]
public sealed class NewLogDeliveryPolicyCommand : DeliveryCommand
{
    private readonly List<Delivery> deliveries = [];

    /// <summary>Whether the policy is for the bucket or for the KMS key.</summary>
    [Parameter]
    [ValidateSet(nameof(PolicyTarget.Bucket), nameof(PolicyTarget.Key))]
    public PolicyTarget Target { get; set; }

    private protected override bool NeedsKey => Target == PolicyTarget.Key;

    /// <inheritdoc/>
    protected override void ProcessRecord() => deliveries.AddRange(GetDeliveries());

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // One document a bucket or key, however many trails were piped in.
        foreach (var group in deliveries.GroupBy(d => Target == PolicyTarget.Key ? d.KmsKeyArn : d.BucketName))
        {
            var document = PolicyRepair.Create(Target, [.. group]);
            var limit = Target == PolicyTarget.Key ? PolicyDocument.MaxKeyPolicyBytes : PolicyDocument.MaxBucketPolicyBytes;
            WriteVerbose($"The policy of {group.Key} has {document.Statements.Count} statements.");
            if (document.SizeInBytes > limit)
            {
                WriteWarning($"The policy of {group.Key} has {document.SizeInBytes} bytes; AWS takes {limit}. Give some deliveries a bucket of their own.");
            }

            WriteObject(document.Text);
        }
    }
}
