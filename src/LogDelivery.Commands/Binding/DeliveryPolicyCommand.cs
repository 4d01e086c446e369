using System.Management.Automation;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>Deliveries and documents: every document that is given is looked at for every delivery that is named.</summary>
public abstract class DeliveryPolicyCommand : DeliveryCommand, IPolicyParameters
{
    private PolicyFeed? feed;

    private protected DeliveryPolicyCommand()
    {
    }

    /// <summary>The text of the document.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Document)]
    [Alias("Policy")]
    [AllowEmptyString]
    [PolicyText]
    public string[]? PolicyDocument { get; set; }

    /// <summary>The files that hold the documents; wildcards are fine.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files that hold the documents, by their exact names.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>What the documents are attached to.</summary>
    private protected abstract PolicyTarget DocumentTarget { get; }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        feed = new(this, this, DocumentTarget == PolicyTarget.Key ? PolicyKind.Key : PolicyKind.Bucket);
        Prepare(feed.Reader);
        feed.Begin(MyInvocation.BoundParameters);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!HandleWithoutDocument())
        {
            HandleAll(feed!.Next());
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        HandleAll(feed!.End());
        Finish();
    }

    /// <summary>What is to be done before the first document.</summary>
    private protected virtual void Prepare(PolicyReader reader)
    {
    }

    /// <summary>Deals with what was bound where no document belongs to it; <see langword="false"/> when one does.</summary>
    private protected virtual bool HandleWithoutDocument() => false;

    /// <summary>Looks at one document.</summary>
    private protected abstract void Handle(PolicyItem item, IReadOnlyList<Delivery> deliveries);

    /// <summary>What remains to be done after the last document.</summary>
    private protected abstract void Finish();

    private void HandleAll(IEnumerable<PolicyItem> items)
    {
        foreach (var item in items)
        {
            if (GetDeliveries() is { Count: > 0 } deliveries)
            {
                Handle(item, deliveries);
            }
        }
    }
}
