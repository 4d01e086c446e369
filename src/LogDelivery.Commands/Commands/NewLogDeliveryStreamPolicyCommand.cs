using System.Management.Automation;
using LogDelivery.Requests;
using LogDelivery.Sources;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary><c>New-LogDeliveryStreamPolicy</c>: the policies that a chain from a log group through Firehose into S3 needs. Nothing is written anywhere.</summary>
[Cmdlet(VerbsCommon.New, "LogDeliveryStreamPolicy")]
[OutputType(typeof(StreamPolicy), typeof(string))]
public sealed class NewLogDeliveryStreamPolicyCommand : LogDeliveryCommand
{
    /// <summary>The stream.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("StreamName")]
    [ValidateNotNullOrEmpty]
    public string DeliveryStreamName { get; set; } = string.Empty;

    /// <summary>The bucket.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("S3BucketName")]
    [ValidateNotNullOrEmpty]
    public string BucketName { get; set; } = string.Empty;

    /// <summary>The account of stream, log group and roles.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[0-9]{12}$")]
    public string AccountId { get; set; } = string.Empty;

    /// <summary>The Region of the stream.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string Region { get; set; } = string.Empty;

    /// <summary>The role of the stream: an ARN, or a name in the account.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string RoleArn { get; set; } = string.Empty;

    /// <summary>The role of the subscription filter: an ARN, or a name in the account.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SubscriptionRoleArn { get; set; }

    /// <summary>The prefix, exactly as the stream has it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("KeyPrefix")]
    public string? Prefix { get; set; }

    /// <summary>The error prefix, exactly as the stream has it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ErrorOutputPrefix { get; set; }

    /// <summary>The ARN of the KMS key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("KmsKeyId")]
    public string? KmsKeyArn { get; set; }

    /// <summary>The account of the bucket, where it is another one.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{12}$")]
    public string? BucketAccountId { get; set; }

    /// <summary>The log group of the stream's errors.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ErrorLogGroupName { get; set; }

    /// <summary>The log stream of the stream's errors.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string ErrorLogStreamName { get; set; } = "DestinationDelivery";

    /// <summary>The function that transforms records.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? LambdaArn { get; set; }

    /// <summary>The Kinesis stream that records come from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? KinesisStreamArn { get; set; }

    /// <summary>The one policy that is wanted, as text; all of them as objects when not given.</summary>
    [Parameter]
    [ValidateSet("SubscriptionTrust", "SubscriptionRole", "StreamTrust", "StreamRole", "Bucket", "Key")]
    public string? Policy { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var design = new StreamDesign
        {
            DeliveryStreamName = DeliveryStreamName,
            AccountId = AccountId,
            Region = Region,
            BucketName = BucketName,
            BucketAccountId = OrNull(BucketAccountId),
            Prefix = OrNull(Prefix),
            ErrorOutputPrefix = OrNull(ErrorOutputPrefix),
            KmsKeyArn = OrNull(KmsKeyArn),
            RoleArn = ArnOf(RoleArn),
            SubscriptionRoleArn = OrNull(SubscriptionRoleArn) is { } subscriptionRole ? ArnOf(subscriptionRole) : null,
            ErrorLogGroupName = OrNull(ErrorLogGroupName),
            ErrorLogStreamName = ErrorLogStreamName,
            LambdaArn = OrNull(LambdaArn),
            KinesisStreamArn = OrNull(KinesisStreamArn),
        };
        try
        {
            Write(design.CreatePolicies());
        }
        catch (InvalidDeliveryException exception)
        {
            Report("InvalidDelivery", ErrorCategory.InvalidArgument, DeliveryStreamName, exception.Message, "Give what the message asks for.", exception);
        }
    }

    private void Write(IReadOnlyList<StreamPolicy> policies)
    {
        if (Policy is null)
        {
            WriteObject(policies, enumerateCollection: true);
            return;
        }

        if (policies.FirstOrDefault(p => p.Name == Policy) is { } wanted)
        {
            WriteObject(wanted.Document);
            return;
        }

        Report("PolicyNotNeeded", ErrorCategory.ObjectNotFound, Policy, $"This chain needs no policy {Policy}.", "Subscription policies need SubscriptionRoleArn, Key needs KmsKeyArn, and Bucket another BucketAccountId.");
    }

    private string ArnOf(string role) => RequestRole.ArnOf(role, AccountId, Region);
}
