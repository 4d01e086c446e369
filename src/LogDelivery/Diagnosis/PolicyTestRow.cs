using System.Text.Json.Serialization;
using LogDelivery.Diagnosis;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>
/// One required call and its verdict as a flat row, for shells and JSON. Every property can be set, so that scripts and
/// their tests can make rows of their own.
/// </summary>
public sealed record PolicyTestRow
{
    /// <summary>The id of the delivery source.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The call: the action and what it is for, such as <c>s3:PutObject (digest file)</c>.</summary>
    public string Call { get; init; } = string.Empty;

    /// <summary>Who makes the call.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The ARN that the call is for.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>What the policy says about it.</summary>
    public string Verdict
    {
        get => VerdictValue.ToString();
        init => VerdictValue = EnumWord.Parse<Verdict>(value);
    }

    internal Verdict VerdictValue { get; init; } = Policies.Verdict.Unknown;

    /// <summary>Zero-based index of the deciding statement, or -1 where none decided.</summary>
    public int StatementIndex { get; init; } = -1;

    /// <summary>The Sid of the deciding statement, if it has one.</summary>
    public string? Sid { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>What stops, endangers or clutters the delivery here, worst first.</summary>
    public Finding[] Findings { get; init; } = [];

    /// <summary>The ids of <see cref="Findings"/> on one line, for spreadsheets and filters.</summary>
    public string CauseId => FindingText.Ids(Findings);

    /// <summary>Titles and evidence of <see cref="Findings"/> on one line.</summary>
    public string CauseText => FindingText.Texts(Findings);

    /// <summary>What to do about <see cref="Findings"/>, on one line.</summary>
    public string Remedy => FindingText.Remedies(Findings);

    /// <summary>The destination bucket.</summary>
    public string BucketName { get; init; } = string.Empty;

    /// <summary>The account that delivers.</summary>
    public string AccountId { get; init; } = string.Empty;

    /// <summary>The Region of the configuring resource.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The ARN of the configuring resource, if it is known.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The key prefix as configured.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The organization id, for an organization trail.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The ARN of the KMS key, if the logs are encrypted with one.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The ARN of the role that writes, for sources that write with a role of the customer's.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the keys are laid out for Hive.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>Whether S3 server access logs are laid out by account, Region, bucket and date.</summary>
    public bool PartitionedPrefix { get; init; }

    /// <summary>The request of a log that was judged, too, if one was given.</summary>
    [JsonIgnore]
    public ObservedRequest? ObservedRequest { get; init; }

    /// <summary>What was known of the bucket's settings. With it a row names its delivery in full, so that a repair can follow in a pipeline.</summary>
    [JsonIgnore]
    public BucketSettings BucketSettings { get; init; } = new();

    /// <summary>Whether the delivery does not need the call; a refusal is then only noise.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The document that decides: the bucket's policy or the key's.</summary>
    public string Target
    {
        get => TargetValue.ToString();
        init => TargetValue = EnumWord.Parse<PolicyTarget>(value);
    }

    internal PolicyTarget TargetValue { get; init; }

    /// <summary>The file that the document was read from; <see langword="null"/> when it was given as text.</summary>
    public string? PolicyPath { get; init; }

    /// <summary>Whether this call stops the delivery.</summary>
    public bool Blocks => !IsOptional
        && (VerdictValue is Policies.Verdict.ExplicitDeny or Policies.Verdict.ImplicitDeny || Findings.Any(f => f.SeverityValue == FindingSeverity.Blocks));

    /// <summary>The row of one judged call.</summary>
    /// <param name="result">The judged call.</param>
    internal static PolicyTestRow From(CallResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var call = result.Call;
        return new()
        {
            Source = call.Delivery.Source.Id,
            Call = call.ToString(),
            Principal = call.Request.Principal.Id,
            Resource = call.Request.Resource,
            VerdictValue = result.Verdict,
            StatementIndex = result.Explanation?.Statement?.Index ?? -1,
            Sid = result.Explanation?.Statement?.Sid,
            Reason = result.Reason,
            Findings = [.. result.Findings],
            BucketName = call.Delivery.BucketName,
            AccountId = call.Delivery.AccountId,
            Region = call.Delivery.Region,
            SourceArn = call.Delivery.SourceArn,
            KeyPrefix = call.Delivery.KeyPrefix,
            OrganizationId = call.Delivery.OrganizationId,
            KmsKeyArn = call.Delivery.KmsKeyArn,
            RoleArn = call.Delivery.RoleArn,
            HiveCompatiblePartitions = call.Delivery.HiveCompatiblePartitions,
            PartitionedPrefix = call.Delivery.PartitionedPrefix,
            ObservedRequest = call.Delivery.ObservedRequest,
            BucketSettings = call.Delivery.Bucket,
            IsOptional = call.IsOptional,
            TargetValue = call.Target,
        };
    }

    /// <summary>
    /// The rows of a test: one per call that the delivery needs. What is wrong with the settings of bucket or key shows at the
    /// calls that write, as those fail; noise of calls that nobody needs shows at the first.
    /// </summary>
    /// <param name="result">The test.</param>
    /// <param name="policyPath">The file that the document was read from, if any.</param>
    internal static IEnumerable<PolicyTestRow> From(PolicyTestResult result, string? policyPath = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var noise = result.Calls.Where(c => c.Call.IsOptional).SelectMany(c => c.Findings).ToArray();
        return result.Calls.Where(c => !c.Call.IsOptional).Select((call, index) =>
        {
            var row = From(call) with { PolicyPath = policyPath };
            var more = (index == 0 ? noise : []).Concat(Writes(call.Call) ? result.Findings : []);
            return row with { Findings = [.. row.Findings.Concat(more).OrderBy(f => f.SeverityValue)] };
        });
    }

    private static bool Writes(RequiredCall call) => call.Request.Action is "s3:PutObject" or "kms:GenerateDataKey";

    /// <summary>The row in a line: the call and its verdict.</summary>
    public override string ToString() => VisibleText.Of($"{Source} {Call}: {Verdict}");
}
