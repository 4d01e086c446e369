using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>What the cmdlets share that read logs, some of which are in S3. The Region of an object in the pipeline is not meant.</summary>
public abstract class S3LogsCommand : AwsCommand
{
    private protected S3LogsCommand()
    {
    }

    /// <summary>The Region that is asked first for places in S3.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }
}
