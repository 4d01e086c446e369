namespace LogDelivery.Logs.Destinations;

/// <summary>
/// Puts the changes of all files into the order of time, and works out where each source delivers in the end. An event that
/// several trails have logged counts once. Not for several threads at once.
/// </summary>
internal sealed class DestinationHistory(DestinationFilter filter, ExpectedBucketWrites watch)
{
    private readonly List<LoggedChange> changes = [];
    private readonly HashSet<(string EventId, int Number)> seen = [];
    private readonly List<DestinationRow> rows = [];
    private readonly Dictionary<string, List<DestinationRow>> last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DestinationRow>> byConfiguration = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Owner, string? LogType), List<DestinationRow>> byOwner = [];
    private readonly Dictionary<string, DestinationChange> described = new(StringComparer.Ordinal);

    /// <summary>Adds a change.</summary>
    public void Add(LoggedChange change)
    {
        if (change.Call.EventId is not { } id || seen.Add((id, change.Number)))
        {
            changes.Add(change);
        }
    }

    /// <summary>The destinations, in the order of time.</summary>
    public IReadOnlyList<LogDeliveryDestination> Finish()
    {
        foreach (var change in changes.OrderBy(c => c.Call.Time))
        {
            Take(change);
        }

        return [.. rows.Where(IsWanted).Select(ToDestination)];
    }

    private void Take(LoggedChange logged)
    {
        var change = logged.Change;
        if (logged.ErrorCode is not null)
        {
            // Whatever else was refused left everything as it was.
            if (change.Kind == DestinationChangeKind.Points)
            {
                Refuse(logged);
            }

            return;
        }

        switch (change.Kind)
        {
            case DestinationChangeKind.Points:
                Point(logged, Complete(change));
                break;
            case DestinationChangeKind.Confirms:
                Confirm(logged);
                break;
            case DestinationChangeKind.Describes:
                described[change.Identity!] = change;
                break;
            default:
                EndOrResume(logged);
                break;
        }
    }

    private void Refuse(LoggedChange logged)
    {
        var row = new DestinationRow(logged, Complete(logged.Change));
        OfOwner(row.State).FindAll(r => r.IsRefused).ForEach(r => r.IsOutdated = true);
        Keep(row);
    }

    private void Point(LoggedChange logged, DestinationChange state)
    {
        var others = OfOwner(state);
        var replaced = LastOf(state);
        var row = new DestinationRow(logged, state) { Previous = replaced ?? others.FindLast(r => !r.IsRefused) };
        replaced?.EndBy(logged);
        foreach (var other in others)
        {
            other.IsSettled |= other.IsRefused;
            other.IsOutdated |= !other.IsCurrent;
        }

        Keep(row);
        if (state.Identity is { } identity)
        {
            var ofIdentity = ListOf(last, identity);
            ofIdentity.RemoveAll(r => r.State.LogType == state.LogType);
            ofIdentity.Add(row);
        }

        if (!state.DeliversByItself)
        {
            MoveDeliveriesThrough(logged, state);
        }
    }

    // A delivery goes where its delivery destination says, also when that is changed later.
    private void MoveDeliveriesThrough(LoggedChange logged, DestinationChange destination)
    {
        foreach (var row in rows.Where(r => r.IsCurrent && r.State.Through is { } through && through == destination.Identity).ToArray())
        {
            if (row.State.Destination != destination.Destination)
            {
                row.EndBy(logged);
                Point(logged, row.State with { Destination = destination.Destination, BucketName = destination.BucketName, KeyPrefix = destination.KeyPrefix });
            }
        }
    }

    private void Confirm(LoggedChange logged)
    {
        var change = logged.Change;
        var isKnown = LastOf(change) is { IsCurrent: true } known
            && known.BucketName == change.BucketName
            && (known.State.KeyPrefix ?? string.Empty) == (change.KeyPrefix ?? string.Empty);
        if (!isKnown)
        {
            Point(logged, change);
        }
    }

    private void EndOrResume(LoggedChange logged)
    {
        var change = logged.Change;
        foreach (var id in change.ConfigurationIds)
        {
            byConfiguration.GetValueOrDefault(id)?.ForEach(r => r.EndPart(id, logged));
        }

        if (change.Identity is not { } identity || !last.TryGetValue(identity, out var ofIdentity))
        {
            return;
        }

        foreach (var row in ofIdentity.Where(r => change.LogType is null || r.State.LogType == change.LogType))
        {
            if (change.Kind == DestinationChangeKind.Ends)
            {
                row.EndBy(logged);
            }
            else
            {
                row.Resume();
            }
        }
    }

    /// <summary>A change with what it leaves as it was, and what others say of it.</summary>
    private DestinationChange Complete(DestinationChange change)
    {
        if (change.IsPartial && LastOf(change) is { } known)
        {
            change = change with
            {
                Destination = change.Destination ?? known.State.Destination,
                BucketName = change.Destination is null ? known.State.BucketName : change.BucketName,
                KeyPrefix = change.KeyPrefix ?? known.State.KeyPrefix,
                KmsKeyId = change.KmsKeyId ?? known.State.KmsKeyId,
                RoleArn = change.RoleArn ?? known.State.RoleArn,
            };
        }

        if (change.Through is { } through && last.GetValueOrDefault(through) is [.., var destination])
        {
            change = change with { Destination = destination.State.Destination, BucketName = destination.State.BucketName, KeyPrefix = destination.State.KeyPrefix };
        }

        return change.Of is { } of && described.TryGetValue(of, out var source)
            ? change with { Source = source.Source, Resource = source.Resource, LogType = source.LogType }
            : change;
    }

    private void Keep(DestinationRow row)
    {
        rows.Add(row);
        foreach (var id in row.State.ConfigurationIds)
        {
            ListOf(byConfiguration, id).Add(row);
        }

        if (OwnerOf(row.State) is { } owner)
        {
            ListOf(byOwner, owner).Add(row);
        }
    }

    private DestinationRow? LastOf(DestinationChange change)
        => change.Identity is { } identity ? last.GetValueOrDefault(identity)?.Find(r => r.State.LogType == change.LogType) : null;

    private List<DestinationRow> OfOwner(DestinationChange change) => OwnerOf(change) is { } owner ? byOwner.GetValueOrDefault(owner) ?? [] : [];

    private static (string Owner, string? LogType)? OwnerOf(DestinationChange change)
        => (change.Owner ?? change.Identity) is { } owner ? (owner, change.LogType) : null;

    private static List<DestinationRow> ListOf<T>(Dictionary<T, List<DestinationRow>> lists, T key)
        where T : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }

    private bool IsWanted(DestinationRow row)
        => (filter.IncludeAll || !row.IsOutdated)
            && filter.TakesSource(row.State.Source)
            && filter.TakesTime(row.Logged.Call.Time, row.End?.Call.Time);

    private LogDeliveryDestination ToDestination(DestinationRow row)
        => row.ToDestination(filter.Expects(row.BucketName), DestinationFindings.Of(row, filter, watch));
}
