using System.Management.Automation;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>The parameters that say which deliveries are meant. They take objects like those of Get-CTTrail.</summary>
public abstract class DeliveryCommand : LogDeliveryCommand
{
    private string? lastKey;
    private IReadOnlyList<Delivery> last = [];

    private protected DeliveryCommand()
    {
    }

    /// <summary>The delivery sources; wildcards are fine. Those that the ARNs imply when not given: of a trail, CloudTrail.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[]? Source { get; set; }

    /// <summary>The destination bucket.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("S3BucketName")]
    [ValidateNotNullOrEmpty]
    public string BucketName { get; set; } = string.Empty;

    /// <summary>The accounts that own the configuring resources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? AccountId { get; set; }

    /// <summary>The Region of the configuring resources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("HomeRegion")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The ARNs of trails.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? TrailArn { get; set; }

    /// <summary>The ARNs of other configuring resources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? SourceArn { get; set; }

    /// <summary>The key prefix.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("S3KeyPrefix")]
    public string? KeyPrefix { get; set; }

    /// <summary>The organization id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? OrganizationId { get; set; }

    /// <summary>Whether a trail is an organization's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? IsOrganizationTrail { get; set; }

    /// <summary>The KMS key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("KmsKeyId")]
    public string? KmsKeyArn { get; set; }

    /// <summary>The role that writes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? RoleArn { get; set; }

    /// <summary>Whether the keys are laid out for Hive.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter HiveCompatiblePartitions { get; set; }

    /// <summary>Whether S3 server access logs are laid out by account, Region, bucket and date.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter PartitionedPrefix { get; set; }

    /// <summary>A request that a log shows, as Get-LogDeliveryFailure brings it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ObservedRequest? ObservedRequest { get; set; }

    /// <summary>The bucket's settings.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public BucketSettings BucketSettings { get; set; } = new();

    /// <summary>Whether the deliveries are judged by the policy of their KMS key, which has to be named then.</summary>
    private protected virtual bool NeedsKey => false;

    /// <summary>The deliveries that the parameters name. What is wrong with some is an error and spoils no other.</summary>
    private protected IReadOnlyList<Delivery> GetDeliveries()
    {
        // The same parameters again, for the next document of a pipeline: the errors have been written.
        var key = string.Join('\n', new object?[]
        {
            Join(Source), BucketName, Join(AccountId), Region, Join(TrailArn), Join(SourceArn), KeyPrefix, OrganizationId,
            IsOrganizationTrail, KmsKeyArn, RoleArn, HiveCompatiblePartitions, PartitionedPrefix, ObservedRequest, BucketSettings,
        });
        if (key != lastKey)
        {
            lastKey = key;
            last = Resolve();
        }

        return last;
    }

    /// <summary>What the parameters ask for, to be completed by what AWS knows; <see langword="null"/> when an error was written.</summary>
    private protected LiveRepairRequest? ReadLiveRequest()
    {
        var resolved = Request().ResolveLive();
        Report(resolved.Problems);
        return resolved.Items is [var request] ? request : null;
    }

    private static string Join(string[]? values) => string.Join(' ', values ?? []);

    private IReadOnlyList<Delivery> Resolve()
    {
        var request = Request();
        var resolved = request.Resolve();
        Report(resolved.Problems);
        if (resolved.Items.Count > 0 && request.Omission is { } omission)
        {
            Conclusion.Add(Outcome.CouldNotTell);
            WriteWarning(omission);
        }

        return resolved.Items;
    }

    private DeliveryRequest Request() => new()
    {
        Sources = OrEmpty(Source),
        BucketName = BucketName,
        AccountIds = OrEmpty(AccountId),
        Region = Region,
        SourceArns = [.. OrEmpty(TrailArn), .. OrEmpty(SourceArn)],
        KeyPrefix = KeyPrefix,
        OrganizationId = OrganizationId,
        IsOrganizationTrail = IsOrganizationTrail == true,
        KmsKey = KmsKeyArn,
        RoleArn = RoleArn,
        HiveCompatiblePartitions = HiveCompatiblePartitions,
        PartitionedPrefix = PartitionedPrefix,
        ObservedRequest = ObservedRequest,
        Bucket = BucketSettings,
        NeedsKey = NeedsKey,
    };
}
