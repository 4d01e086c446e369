using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>What the cmdlets share that ask AWS in one Region.</summary>
public abstract class RegionalCommand : AwsCommand
{
    private protected RegionalCommand()
    {
    }

    /// <summary>The Region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }
}
