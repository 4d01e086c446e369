using System.Management.Automation;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliverySource</c>: what is known of each delivery source.</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliverySource")]
[OutputType(typeof(DeliverySource))]
public sealed class GetLogDeliverySourceCommand : LogDeliveryCommand
{
    /// <summary>The ids; wildcards are fine. All sources when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Source")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = SourceNames.Find(Id ?? ["*"]);
        Report(found.Problems);
        WriteObject(found.Items, enumerateCollection: true);
    }
}
