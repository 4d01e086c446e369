using System.Management.Automation;
using LogDelivery.Gateways;
using LogDelivery.Repair;

namespace LogDelivery.Commands;

/// <summary>
/// Deliveries whose policies are repaired: those of documents, or, where none is given, those in AWS. The parameters that reach AWS
/// are those of <see cref="AwsCommand"/>, in one parameter set only.
/// </summary>
public abstract class LiveDeliveryCommand : DeliveryPolicyCommand, IAwsParameters, IDisposable
{
    private LivePolicyRepair? live;

    private protected LiveDeliveryCommand()
    {
    }

    /// <summary>Says that the policies in AWS are meant, as is the case whenever no document is given.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter Live { get; set; }

    /// <summary>Whether the policy of the KMS key may be written.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter IncludeKeyPolicy { get; set; }

    /// <summary>Whether the policy of the trail's topic may be written.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter IncludeTopicPolicy { get; set; }

    /// <summary>Whether the policies of the role of the trail's log group may be written.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter IncludeLogGroupRole { get; set; }

    /// <summary>The account that the bucket must belong to.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ValidatePattern("^[0-9]{12}$")]
    public string? ExpectedBucketOwner { get; set; }

    /// <summary>Whether to wait for the next delivery.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long between two looks for the next delivery.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Where backups go.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ValidateNotNullOrEmpty]
    public string? BackupFolder { get; set; }

    /// <summary>The file that the run adds its records to.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Whether to write without asking.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter Force { get; set; }

    /// <summary>The access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>The profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("StoredCredentials", "AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file that the profile is in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>Credentials as an object of any version of the AWS SDK.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public object? Credential { get; set; }

    /// <summary>A URL in place of AWS's endpoints.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    public string? EndpointUrl { get; set; }

    /// <summary>How long one call to AWS may take, with all its attempts and the waits between them.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [Seconds]
    [ValidateNotNull]
    [CallTime]
    public TimeSpan CallTimeout { get; set; } = CallTimeLimit.Default;

    /// <summary>Whether Deny statements may be narrowed by exactly these deliveries.</summary>
    [Parameter]
    [Alias("NarrowDenies")]
    public SwitchParameter NarrowDeny { get; set; }

    /// <summary>Whether values of aws:SourceArn that name none of these deliveries are dropped.</summary>
    [Parameter]
    public SwitchParameter RemoveStale { get; set; }

    /// <summary>Whether to give the plan in place of the document, or the records of what was done in AWS.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Releases the connections.</summary>
    public void Dispose()
    {
        live?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        live?.Stop();
    }

    private protected sealed override bool HandleWithoutDocument()
    {
        if (ParameterSetName != ParameterSets.Live)
        {
            return false;
        }

        if (ReadLiveRequest() is { } request)
        {
            live ??= new(this);
            live.Add(request);
        }

        return true;
    }

    /// <summary>Repairs what was asked for in AWS.</summary>
    private protected void RunLive() => live?.Run();

    /// <summary>Says what the plan leaves undone, and what it takes away.</summary>
    internal void Comment(RepairPlan plan)
    {
        foreach (var refused in plan.Rejected)
        {
            WriteVerbose($"Not done: {refused}");
        }

        foreach (var lost in plan.Certificate.LostExamples)
        {
            WriteWarning($"No longer allowed, as asked for by RemoveStale: {lost}");
        }
    }
}
