using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Requests;

/// <summary>Deliveries to one bucket as people and pipelines name them, before anything of it is understood. Immutable.</summary>
internal sealed record DeliveryRequest
{
    /// <summary>The sources by id, name or pattern; those that the ARNs imply when empty.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The destination bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The accounts that own the configuring resources; those that the ARNs name when empty.</summary>
    public IReadOnlyList<string> AccountIds { get; init; } = [];

    /// <summary>The Region of the configuring resources; that of each ARN when not given.</summary>
    public string? Region { get; init; }

    /// <summary>The ARNs of trails and other configuring resources.</summary>
    public IReadOnlyList<string> SourceArns { get; init; } = [];

    /// <summary>The key prefix.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The organization id.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whether the trails are an organization's.</summary>
    public bool IsOrganizationTrail { get; init; }

    /// <summary>The KMS key of the logs.</summary>
    public string? KmsKey { get; init; }

    /// <summary>The role that writes.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the keys are laid out for Hive.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>Whether S3 server access logs are laid out by account, Region, bucket and date.</summary>
    public bool PartitionedPrefix { get; init; }

    /// <summary>A request that a log shows.</summary>
    public ObservedRequest? ObservedRequest { get; init; }

    /// <summary>What is known of the bucket.</summary>
    public BucketSettings Bucket { get; init; } = new();

    /// <summary>Whether the deliveries are to be judged by the policy of their KMS key, which has to be named then.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>
    /// What the deliveries leave out, in a sentence: whoever judges them cannot say that all is well.
    /// <see langword="null"/> when nothing is left out.
    /// </summary>
    public string? Omission => IsOrganizationTrail && RequestText.OrNull(OrganizationId) is null && new RequestParts(this).Sources.Any(s => s.Id == CloudTrail)
        ? $"{string.Join(' ', SourceArns)} is an organization trail, but OrganizationId is not given: what it delivers for the members is left out."
        : null;

    private const string CloudTrail = nameof(CloudTrail);

    /// <summary>The deliveries that the request names. What is wrong with one of them spoils no other.</summary>
    public Resolved<Delivery> Resolve()
    {
        var parts = new RequestParts(this);
        var problems = parts.Problems;
        if (parts.Sources.Count == 0 && problems.Count == 0)
        {
            problems.Add(new(RequestProblem.InvalidDelivery, BucketName, "What delivers is not given.", "Give the source (Source), such as CloudTrail, or the ARN of a trail (TrailArn). The catalog lists the sources."));
        }

        if (parts.Sources.Count == 0 || parts.IsOwnerRefused)
        {
            return new([], problems);
        }

        foreach (var stray in parts.Arns.Where(a => !parts.Sources.Any(s => DeliverySelection.ServiceFits(a, s))))
        {
            problems.Add(new(RequestProblem.InvalidDelivery, stray, $"'{stray}' belongs to none of the given sources.", "Give its source as well, or leave the ARN out."));
        }

        List<Delivery> deliveries = [.. parts.Sources.SelectMany(s => DeliveriesOf(s, parts, problems)).Where(d => IsComplete(d, problems))];
        return new(deliveries, [.. problems.Distinct()]);
    }

    /// <summary>
    /// The request to repair policies in AWS, which is completed by what AWS knows. It is refused as a whole when any part of it
    /// is wrong: a part that was not understood must not widen what is written.
    /// </summary>
    public Resolved<LiveRepairRequest> ResolveLive()
    {
        var parts = new RequestParts(this);
        return parts.Problems.Count > 0
            ? new([], parts.Problems)
            : new(
                [
                    new()
                    {
                        BucketName = BucketName,
                        Sources = [.. parts.Sources.Select(s => s.Id)],
                        AccountIds = parts.Accounts,
                        Region = RequestText.OrNull(Region),
                        SourceArns = parts.Arns,
                        KeyPrefix = RequestText.OrNull(KeyPrefix),
                        OrganizationId = RequestText.OrNull(OrganizationId),
                        IsOrganizationTrail = IsOrganizationTrail,
                        KmsKeyId = RequestText.OrNull(KmsKey),
                        RoleArn = RequestText.OrNull(RoleArn),
                        HiveCompatiblePartitions = HiveCompatiblePartitions,
                        PartitionedPrefix = PartitionedPrefix,
                    },
                ],
                []);
    }

    private static RequestProblem Invalid(string given, InvalidDeliveryException exception)
        => new(RequestProblem.InvalidDelivery, given, exception.Message, "Give what the source needs; the catalog of sources shows its parameters.");

    // Each source by itself: a Region that one of them lacks says nothing about the others.
    private IReadOnlyList<Delivery> DeliveriesOf(DeliverySource source, RequestParts parts, List<RequestProblem> problems)
    {
        var selection = new DeliverySelection
        {
            Sources = [source.Id],
            BucketName = BucketName,
            Accounts = parts.Accounts,
            Region = RequestText.OrNull(Region),
            SourceArns = [.. parts.Arns.Where(a => DeliverySelection.ServiceFits(a, source))],
            KeyPrefix = RequestText.OrNull(KeyPrefix),
            OrganizationId = RequestText.OrNull(OrganizationId),
            KmsKeyArn = RequestText.OrNull(KmsKey),
            RoleArn = RequestText.OrNull(RoleArn),
            HiveCompatiblePartitions = HiveCompatiblePartitions,
            PartitionedPrefix = PartitionedPrefix,
            ObservedRequest = ObservedRequest,
            Bucket = Bucket,
        };
        try
        {
            return selection.ToDeliveries();
        }
        catch (InvalidDeliveryException exception)
        {
            problems.Add(Invalid(BucketName, exception));
            return [];
        }
    }

    // A parameter that this source needs may be missing.
    private bool IsComplete(Delivery delivery, List<RequestProblem> problems)
    {
        if (NeedsKey && delivery.KmsKeyArn is null)
        {
            problems.Add(new(RequestProblem.InvalidDelivery, delivery.BucketName, $"{delivery}: the KMS key is not given.", "Give the ARN of the key (KmsKeyArn)."));
            return false;
        }

        try
        {
            delivery.Source.GetRequiredCalls(delivery);
            return true;
        }
        catch (InvalidDeliveryException exception)
        {
            problems.Add(Invalid(delivery.Source.Id, exception));
            return false;
        }
    }

    /// <summary>The parts of a request that are understood, and the problems of those that are not.</summary>
    private sealed class RequestParts
    {
        public RequestParts(DeliveryRequest request)
        {
            var arns = RequestText.OrEmpty(request.SourceArns).Distinct().ToLookup(a => Arn.TryParse(a, out _));
            var accounts = RequestText.OrEmpty(request.AccountIds).Distinct().ToLookup(Arn.IsAccountId);
            Arns = [.. arns[true]];
            Accounts = [.. accounts[true]];
            var sources = RequestText.OrEmpty(request.Sources) is { Count: > 0 } named ? SourceNames.Find(named) : SourceNames.ImpliedBy(Arns);
            Sources = sources.Items;
            Problems.AddRange(sources.Problems);
            Problems.AddRange(arns[false].Select(a => new RequestProblem(RequestProblem.InvalidDelivery, a, $"'{a}' is no ARN.", "Give the whole ARN, such as arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME; a name is not enough.")));
            Problems.AddRange(accounts[false].Select(a => new RequestProblem(RequestProblem.InvalidDelivery, a, $"'{a}' is no account id.", "Give twelve digits, in quotation marks where they begin with 0.")));
            IsOwnerRefused = accounts.Count > 0 ? Accounts.Count == 0 : arns.Count > 0 && Arns.Count == 0;
        }

        public IReadOnlyList<DeliverySource> Sources { get; }

        public IReadOnlyList<string> Arns { get; }

        public IReadOnlyList<string> Accounts { get; }

        public List<RequestProblem> Problems { get; } = [];

        /// <summary>Whether accounts were named and none of them is one: nobody is left whose deliveries could be judged.</summary>
        public bool IsOwnerRefused { get; }
    }
}
