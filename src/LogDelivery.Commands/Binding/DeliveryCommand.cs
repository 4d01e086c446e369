using System.Management.Automation;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>The parameters that say which deliveries are meant. They take objects like those of Get-CTTrail.</summary>
public abstract class DeliveryCommand : LogDeliveryCommand
{
    private const string CloudTrailId = "CloudTrail";

    private string? lastKey;
    private IReadOnlyList<Delivery> last = [];

    private protected DeliveryCommand()
    {
    }

    /// <summary>The delivery sources; wildcards are fine. CloudTrail when only trails are given.</summary>
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

    /// <summary>Whether what was asked is only a part of what the trail needs.</summary>
    private protected bool IsPartial { get; private set; }

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
    private protected LiveRepairRequest? ReadRequest()
    {
        var named = OrEmpty(Source);
        var sources = SourceFinder.Find(named, this);
        string[] namedArns = [.. OrEmpty(TrailArn), .. OrEmpty(SourceArn)];
        string[] arns = [.. namedArns.Where(IsArn)];
        string[] accounts = [.. OrEmpty(AccountId).Where(IsAccountId).Distinct()];
        return (named.Count > 0 && sources.Length == 0) || arns.Length < namedArns.Length || accounts.Length < OrEmpty(AccountId).Distinct().Count()
            ? null
            : new()
            {
                BucketName = BucketName,
                Sources = [.. sources.Select(s => s.Id)],
                AccountIds = accounts,
                Region = OrNull(Region),
                SourceArns = arns,
                KeyPrefix = OrNull(KeyPrefix),
                OrganizationId = OrNull(OrganizationId),
                IsOrganizationTrail = IsOrganizationTrail == true,
                KmsKeyId = OrNull(KmsKeyArn),
                RoleArn = OrNull(RoleArn),
                HiveCompatiblePartitions = HiveCompatiblePartitions,
                PartitionedPrefix = PartitionedPrefix,
            };
    }

    private static string Join(string[]? values) => string.Join(' ', values ?? []);

    private List<Delivery> Resolve()
    {
        var sources = FindSources();
        string[] namedArns = [.. OrEmpty(TrailArn), .. OrEmpty(SourceArn)];
        var arns = namedArns.Where(IsArn).ToArray();
        var namedAccounts = OrEmpty(AccountId);
        var accounts = namedAccounts.Where(IsAccountId).Distinct().ToArray();
        var isWhoseReported = namedAccounts.Count > 0 ? accounts.Length == 0 : namedArns.Length > 0 && arns.Length == 0;
        if (sources.Count == 0 || isWhoseReported)
        {
            return [];
        }

        if (IsOrganizationTrail == true && OrNull(OrganizationId) is null && sources.Exists(s => s.Id == CloudTrailId))
        {
            IsPartial = true;
            WriteWarning($"{Join(TrailArn)} is an organization trail, but OrganizationId is not given: what it delivers for the members is left out.");
        }

        var selection = new DeliverySelection
        {
            Sources = [.. sources.Select(s => s.Id)],
            BucketName = BucketName,
            Accounts = accounts,
            Region = OrNull(Region),
            SourceArns = arns,
            KeyPrefix = OrNull(KeyPrefix),
            OrganizationId = OrNull(OrganizationId),
            KmsKeyArn = OrNull(KmsKeyArn),
            RoleArn = OrNull(RoleArn),
            HiveCompatiblePartitions = HiveCompatiblePartitions,
            PartitionedPrefix = PartitionedPrefix,
            ObservedRequest = ObservedRequest,
            Bucket = BucketSettings,
        };
        try
        {
            return [.. selection.ToDeliveries().Where(IsComplete)];
        }
        catch (InvalidDeliveryException exception)
        {
            ReportInvalid(BucketName, exception);
            return [];
        }
    }

    private List<DeliverySource> FindSources()
    {
        var named = OrEmpty(Source);
        if (named.Count == 0 && OrEmpty(TrailArn).Count > 0)
        {
            named = [CloudTrailId];
        }

        if (named.Count == 0)
        {
            Report("InvalidDelivery", ErrorCategory.InvalidArgument, BucketName, "What delivers is not given.", "Give Source, such as CloudTrail, or TrailArn. Get-LogDeliverySource lists the sources.");
        }

        return [.. SourceFinder.Find(named, this)];
    }

    private bool IsArn(string text)
    {
        if (Arn.TryParse(text, out _))
        {
            return true;
        }

        Report("InvalidDelivery", ErrorCategory.InvalidArgument, text, $"'{text}' is no ARN.", "Give the whole ARN, such as arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME; a name is not enough.");
        return false;
    }

    private bool IsAccountId(string text)
    {
        if (Arn.IsAccountId(text))
        {
            return true;
        }

        Report("InvalidDelivery", ErrorCategory.InvalidArgument, text, $"'{text}' is no account id.", "Give twelve digits, in quotation marks where they begin with 0.");
        return false;
    }

    // A parameter that this source needs may be missing; the others can be told about all the same.
    private bool IsComplete(Delivery delivery)
    {
        try
        {
            delivery.Source.GetRequiredCalls(delivery);
            return true;
        }
        catch (InvalidDeliveryException exception)
        {
            ReportInvalid(delivery.Source.Id, exception);
            return false;
        }
    }

    private void ReportInvalid(object target, InvalidDeliveryException exception)
        => Report("InvalidDelivery", ErrorCategory.InvalidArgument, target, exception.Message, "Give what the source needs; Get-LogDeliverySource shows its parameters.", exception);
}
