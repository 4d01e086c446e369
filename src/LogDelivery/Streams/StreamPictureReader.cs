using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Streams;

/// <summary>Reads what is to be known of a chain. It writes nothing.</summary>
/// <param name="aws">The account to ask.</param>
/// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
internal sealed class StreamPictureReader(IStreamGateways aws, TimeProvider? timeProvider = null)
{
    private const int MaxErrorEvents = 100;

    private readonly TimeProvider clock = timeProvider ?? TimeProvider.System;

    /// <summary>Reads the chains that a query means: one for each stream.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer. That something may not be read is an answer.</exception>
    /// <exception cref="ArgumentException">Neither stream nor log group is given.</exception>
    public async Task<IReadOnlyList<StreamPicture>> ReadAsync(StreamQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var identity = await aws.Account.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        if (query.StreamName is { } name)
        {
            return [await ReadStreamAsync(query, identity.AccountId, name, cancellationToken).ConfigureAwait(false)];
        }

        if (query.LogGroupName is not { } group)
        {
            throw new ArgumentException("Give the name of the stream, of the log group, or both.", nameof(query));
        }

        var filters = await aws.Subscriptions.GetFiltersAsync(query.Region, group, cancellationToken).ConfigureAwait(false);
        if (filters.IsUnreadable)
        {
            throw filters.Error!;
        }

        var names = (filters.Value ?? []).Select(f => StreamName.Parse(f.DestinationArn)).Where(n => n?.Region is not null).Select(n => n!.Name).Distinct().ToArray();
        if (names.Length == 0)
        {
            var what = filters.IsMissing ? $"CloudWatch Logs knows no log group {group} in {query.Region}" : $"The log group {group} has no subscription filter to a Firehose stream";
            throw new AwsCallException(AwsErrorKind.NotFound, "StreamNotFound", $"{what}. Give the name of the stream that it should send to.") { Region = query.Region };
        }

        var pictures = new List<StreamPicture>();
        foreach (var one in names)
        {
            pictures.Add(await ReadStreamAsync(query, identity.AccountId, one, cancellationToken).ConfigureAwait(false));
        }

        return pictures;
    }

    private async Task<StreamPicture> ReadStreamAsync(StreamQuery query, string account, string name, CancellationToken cancellationToken)
    {
        var organization = await aws.Account.GetOrganizationIdAsync(cancellationToken).ConfigureAwait(false);
        var stream = await aws.Streams.DescribeAsync(query.Region, name, cancellationToken).ConfigureAwait(false);
        var picture = new StreamPicture
        {
            Region = query.Region,
            AccountId = account,
            StreamName = name,
            Time = clock.GetUtcNow(),
            OrganizationId = organization.Value,
            Stream = stream,
            MissingPermissions = Missing(organization, stream),
        };
        picture = await WithSubscriptionsAsync(picture, query, cancellationToken).ConfigureAwait(false);
        return stream.Value?.Destination is { } destination
            ? await WithDestinationAsync(picture, destination, cancellationToken).ConfigureAwait(false)
            : picture;
    }

    private async Task<StreamPicture> WithSubscriptionsAsync(StreamPicture picture, StreamQuery query, CancellationToken cancellationToken)
    {
        if (query.LogGroupName is { } group)
        {
            return picture with { Subscriptions = [await ReadSubscriptionAsync(picture, query, group, cancellationToken).ConfigureAwait(false)] };
        }

        // A stream that does not take records of others has no subscriptions to look for.
        if (picture.Stream.Value is { Type: not "DirectPut" })
        {
            return picture;
        }

        var search = await aws.Subscriptions.FindFiltersAsync(query.Region, picture.StreamArn, query.MaxLogGroups, cancellationToken).ConfigureAwait(false);
        var groups = (search.Value?.Filters ?? []).Select(f => f.LogGroupName).Distinct().ToArray();
        var subscriptions = new List<SubscriptionPicture>();
        foreach (var found in groups)
        {
            subscriptions.Add(await ReadSubscriptionAsync(picture, query, found, cancellationToken).ConfigureAwait(false));
        }

        return picture with
        {
            Subscriptions = subscriptions,
            SubscriptionNote = subscriptions.Count > 0 ? null : NoteOf(search),
            MissingPermissions = [.. picture.MissingPermissions, .. Missing(search)],
        };
    }

    private static string NoteOf(Readable<FilterSearch> search) => search.Value switch
    {
        null => $"Which log groups send to the stream may not be read: {search.Error?.Message ?? "no answer"}",
        { IsComplete: true } => "No log group of this Region has a subscription filter to the stream. Give the log group that should.",
        var some => FormattableString.Invariant($"None of the first {some.Groups:N0} log groups has a subscription filter to the stream. Give the log group that should."),
    };

    private async Task<SubscriptionPicture> ReadSubscriptionAsync(StreamPicture picture, StreamQuery query, string group, CancellationToken cancellationToken)
    {
        var filters = await aws.Subscriptions.GetFiltersAsync(query.Region, group, cancellationToken).ConfigureAwait(false);
        var subscription = new SubscriptionPicture(group) { Filters = filters };
        if (filters.IsMissing)
        {
            return subscription;
        }

        var role = subscription.FilterTo(picture.StreamArn)?.RoleArn is { } roleArn
            ? await aws.Roles.FindAsync(roleArn, cancellationToken).ConfigureAwait(false)
            : Readable.Missing<RoleDescription>();
        var events = await aws.Subscriptions.GetNewestEventsAsync(query.Region, group, null, query.MaxEvents, cancellationToken).ConfigureAwait(false);
        return subscription with { Role = role, Events = events };
    }

    private async Task<StreamPicture> WithDestinationAsync(StreamPicture picture, StreamDestination destination, CancellationToken cancellationToken)
    {
        var role = await aws.Roles.FindAsync(destination.RoleArn, cancellationToken).ConfigureAwait(false);
        var place = await aws.Buckets.FindAsync(destination.BucketName, cancellationToken).ConfigureAwait(false);
        picture = picture with { Role = role, Bucket = place };
        if (!place.IsMissing)
        {
            picture = await WithBucketAsync(picture, destination, cancellationToken).ConfigureAwait(false);
        }

        picture = await WithKeyAsync(picture, destination, cancellationToken).ConfigureAwait(false);
        if (destination is { LogsErrors: true, ErrorLogGroup: { Length: > 0 } group, ErrorLogStream: { Length: > 0 } stream })
        {
            picture = picture with
            {
                ErrorLog = await aws.Subscriptions.GetNewestEventsAsync(picture.Region, group, stream, MaxErrorEvents, cancellationToken).ConfigureAwait(false),
            };
        }

        return picture with
        {
            MissingPermissions =
            [
                .. picture.MissingPermissions
                    .Concat(Missing(role, role.Value?.AttachedPolicies, role.Value?.PermissionsBoundary, place, picture.BucketPolicy, picture.Key, picture.KeyPolicy, picture.ErrorLog, picture.NewestObject, picture.FailedRecords))
                    .Distinct(StringComparer.Ordinal),
            ],
        };
    }

    private async Task<StreamPicture> WithBucketAsync(StreamPicture picture, StreamDestination destination, CancellationToken cancellationToken)
    {
        var owner = Arn.TryParse(destination.RoleArn, out var role) ? role.AccountId : picture.AccountId;
        var settings = await aws.Buckets.GetSettingsAsync(destination.BucketName, owner, cancellationToken).ConfigureAwait(false);
        var arrivals = new ArrivalReader(aws.Objects, picture, destination);
        return picture with
        {
            BucketSettings = settings.Settings,
            BucketPolicy = await aws.Buckets.GetPolicyAsync(destination.BucketName, cancellationToken).ConfigureAwait(false),
            NewestObject = await arrivals.FindNewestAsync(cancellationToken).ConfigureAwait(false),
            FailedRecords = await arrivals.FindFailedAsync(cancellationToken).ConfigureAwait(false),
            MissingPermissions = [.. picture.MissingPermissions, .. settings.MissingPermissions],
        };
    }

    private async Task<StreamPicture> WithKeyAsync(StreamPicture picture, StreamDestination destination, CancellationToken cancellationToken)
    {
        var settings = picture.BucketSettings;
        var keyId = destination.KmsKeyArn ?? (settings.Encryption is BucketEncryption.SseKms or BucketEncryption.DsseKms ? settings.KmsKeyId : null);
        if (keyId is null)
        {
            return picture;
        }

        var region = settings.Region ?? picture.Region;
        var key = await aws.Keys.DescribeAsync(region, keyId, cancellationToken).ConfigureAwait(false);
        var arn = key.Value?.Arn ?? keyId;
        var policy = key.IsMissing ? Readable.Missing<string>() : await aws.Keys.GetPolicyAsync(region, arn, cancellationToken).ConfigureAwait(false);
        return picture with { KmsKeyId = keyId, Key = key, KeyPolicy = policy };
    }

    private static string[] Missing(params ReadOnlySpan<object?> answers)
    {
        var missing = new List<string>();
        foreach (var answer in answers)
        {
            if ((answer as IReadable)?.MissingPermission is { } permission)
            {
                missing.Add(permission);
            }
        }

        return [.. missing];
    }
}
