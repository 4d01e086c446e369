using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;

namespace LogDelivery.Repair;

/// <summary>A delivery and the trail behind it, where its configuration could be read.</summary>
internal sealed record LiveDelivery(Delivery Delivery, TrailConfiguration? Trail);

/// <summary>Resolves the deliveries of a request, and reads missing parameters from AWS.</summary>
internal sealed class LiveDeliveries(IAwsGateways aws, CallerIdentity caller, string region, LiveKeys keys, string? defaultKeyId, List<string> notes)
{
    private static readonly string CloudTrailId = CloudTrail.Source.Id;

    /// <summary>The deliveries of one request.</summary>
    /// <exception cref="InvalidDeliveryException">A parameter is missing or wrong; the message names it.</exception>
    public async Task<IReadOnlyList<LiveDelivery>> FindAsync(LiveRepairRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> sources = request.Sources.Count > 0 ? request.Sources : [CloudTrailId];
        var others = sources.Where(s => !s.Equals(CloudTrailId, StringComparison.OrdinalIgnoreCase)).ToArray();
        CheckArns(request, hasTrails: others.Length < sources.Count, hasOthers: others.Length > 0);
        var found = new List<LiveDelivery>();
        if (others.Length < sources.Count)
        {
            found.AddRange(await FindTrailsAsync(request, cancellationToken).ConfigureAwait(false));
        }

        if (others.Length > 0)
        {
            string[] arns = [.. request.SourceArns.Where(a => !IsTrail(a))];
            var selection = Select(request) with
            {
                Sources = others,
                SourceArns = arns,
                Accounts = request.AccountIds.Count > 0 || arns.Any(HasAccount) ? request.AccountIds : [caller.AccountId],
                Region = request.Region ?? (arns.Length > 0 ? null : region),
                KmsKeyArn = await KeyOfAsync(request.KmsKeyId, cancellationToken).ConfigureAwait(false),
            };
            found.AddRange(Make(selection).Select(d => new LiveDelivery(d, null)));
        }

        return found;
    }

    private static bool IsTrail(string text) => Arn.TryParse(text, out var arn) && arn.Service == "cloudtrail";

    // An ARN that is not understood must not widen what is meant to whatever can be found.
    private static void CheckArns(LiveRepairRequest request, bool hasTrails, bool hasOthers)
    {
        foreach (var text in request.SourceArns)
        {
            if (!Arn.TryParse(text, out _))
            {
                throw new InvalidDeliveryException($"'{text}' is no ARN. Give the whole ARN, such as arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME; a name is not enough.", nameof(request.SourceArns));
            }

            if (IsTrail(text) ? !hasTrails : !hasOthers)
            {
                throw new InvalidDeliveryException($"'{text}' belongs to none of the given sources.", nameof(request.SourceArns));
            }
        }
    }

    private static bool HasAccount(string text) => Arn.TryParse(text, out var arn) && Arn.IsAccountId(arn.AccountId);

    private static IReadOnlyList<Delivery> Make(DeliverySelection selection)
    {
        var deliveries = selection.ToDeliveries();
        foreach (var delivery in deliveries)
        {
            // Finds out now whether a parameter that the source needs is missing.
            delivery.Source.GetRequiredCalls(delivery);
        }

        return deliveries;
    }

    private static DeliverySelection Select(LiveRepairRequest request) => new()
    {
        Sources = [CloudTrailId],
        BucketName = request.BucketName,
        KeyPrefix = request.KeyPrefix,
        OrganizationId = request.OrganizationId,
        RoleArn = request.RoleArn,
        HiveCompatiblePartitions = request.HiveCompatiblePartitions,
        PartitionedPrefix = request.PartitionedPrefix,
    };

    private async Task<IReadOnlyList<LiveDelivery>> FindTrailsAsync(LiveRepairRequest request, CancellationToken cancellationToken)
    {
        var named = request.SourceArns.Where(IsTrail).ToArray();
        var trails = new List<(string Arn, TrailConfiguration? Trail)>();
        if (named.Length == 0)
        {
            // Without a name there is nothing to go by but this.
            var known = await aws.Trails.ListAsync(request.Region ?? region, cancellationToken).ConfigureAwait(false);
            trails.AddRange(known
                .Where(t => t.BucketName == request.BucketName && (request.AccountIds.Count == 0 || request.AccountIds.Contains(AccountOf(t.TrailArn))))
                .Select(t => (t.TrailArn, (TrailConfiguration?)t)));
            if (trails.Count == 0)
            {
                throw new InvalidDeliveryException(
                    $"No trail that shows in {request.Region ?? region} for {caller.AccountId} delivers to {request.BucketName}. Give the trail (TrailArn), or the source that does (Source).", nameof(request.SourceArns));
            }
        }

        foreach (var arn in named)
        {
            if (request.AccountIds.Count > 0 && !request.AccountIds.Contains(AccountOf(arn)))
            {
                throw new InvalidDeliveryException($"'{arn}' belongs to none of the given accounts.", nameof(request.SourceArns));
            }

            var home = Arn.TryParse(arn, out var parts) && parts.Region.Length > 0 ? parts.Region : region;
            var known = await ListAsync(home, cancellationToken).ConfigureAwait(false);
            trails.Add((arn, known.FirstOrDefault(t => t.TrailArn == arn)));
        }

        var found = new List<LiveDelivery>();
        foreach (var (arn, trail) in trails)
        {
            found.AddRange(await ReadAsync(request, arn, trail, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private async Task<IEnumerable<LiveDelivery>> ReadAsync(LiveRepairRequest request, string arn, TrailConfiguration? trail, CancellationToken cancellationToken)
    {
        if (trail?.BucketName is { } bucket && bucket != request.BucketName)
        {
            notes.Add($"{arn} delivers to {bucket}, not to {request.BucketName}.");
        }

        var organization = request.OrganizationId;
        if (organization is null && (request.IsOrganizationTrail || trail is { IsOrganizationTrail: true }))
        {
            organization = await FindOrganizationAsync(arn, cancellationToken).ConfigureAwait(false);
        }

        var selection = Select(request) with
        {
            SourceArns = [arn],
            KeyPrefix = request.KeyPrefix ?? trail?.KeyPrefix,
            OrganizationId = organization,
            KmsKeyArn = await KeyOfAsync(request.KmsKeyId ?? trail?.KmsKeyId, cancellationToken).ConfigureAwait(false),
        };
        return Make(selection).Select(d => new LiveDelivery(d, trail));
    }

    // What names no key of its own is encrypted as the bucket says.
    private async Task<string?> KeyOfAsync(string? keyId, CancellationToken cancellationToken)
        => (keyId ?? defaultKeyId) is not { } id ? null : (await keys.FindAsync(id, cancellationToken).ConfigureAwait(false)).Arn;

    private async Task<string?> FindOrganizationAsync(string arn, CancellationToken cancellationToken)
    {
        var answer = await aws.Account.GetOrganizationIdAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Value is null)
        {
            notes.Add($"{arn} is an organization's trail, but the organization's id is not known{(answer.MissingPermission is { } permission ? $" ({permission} is missing)" : string.Empty)}: what it delivers for the members is left out. Give OrganizationId.");
        }

        return answer.Value;
    }

    // A trail that cannot be looked up may still be named.
    private async Task<IReadOnlyList<TrailConfiguration>> ListAsync(string where, CancellationToken cancellationToken)
    {
        try
        {
            return await aws.Trails.ListAsync(where, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsCallException exception) when (exception.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.NotFound)
        {
            notes.Add($"The trails in {where} cannot be looked up: {exception.Message}");
            return [];
        }
    }

    private static string AccountOf(string text) => Arn.TryParse(text, out var arn) ? arn.AccountId : string.Empty;
}
