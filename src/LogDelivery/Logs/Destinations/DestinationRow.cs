
namespace LogDelivery.Logs.Destinations;

/// <summary>A destination while it is worked out what became of it.</summary>
internal sealed class DestinationRow(LoggedChange logged, DestinationChange state)
{
    private readonly HashSet<string> left = [.. state.ConfigurationIds];

    /// <summary>The call that set it.</summary>
    public LoggedChange Logged { get; } = logged;

    /// <summary>What it set, with what it left as it was.</summary>
    public DestinationChange State { get; } = state;

    /// <summary>The call that ended it.</summary>
    public LoggedChange? End { get; private set; }

    /// <summary>Whether a later call set what this one could not.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Whether a later row is about the same.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>The row that this one follows.</summary>
    public DestinationRow? Previous { get; init; }

    /// <summary>The first of the calls in a row that set this very place.</summary>
    public DestinationRow Origin
    {
        get
        {
            var first = this;
            while (first.Previous is { } previous && previous.Place == Place)
            {
                first = previous;
            }

            return first;
        }
    }

    public bool IsRefused => Logged.ErrorCode is not null;

    public bool IsCurrent => !IsRefused && End is null;

    public string? BucketName => NotEmpty(State.BucketName);

    public string? AccountId => State.AccountId ?? Logged.Call.AccountId;

    /// <summary>The destination in words.</summary>
    public string Place => BucketName ?? NotEmpty(State.Destination) ?? "a destination that the log does not name";

    /// <summary>What delivers, in words.</summary>
    public string Subject => string.Join(' ', new[] { State.Source, State.LogType, State.Resource }.Where(t => !string.IsNullOrEmpty(t)));

    public void EndBy(LoggedChange change) => End ??= change;

    /// <summary>Ends it once everything is gone that the call made.</summary>
    public void EndPart(string id, LoggedChange change)
    {
        if (left.Remove(id) && left.Count == 0)
        {
            EndBy(change);
        }
    }

    public void Resume() => End = null;

    public LogDeliveryDestination ToDestination(bool? isExpected, IReadOnlyList<Finding> findings) => new()
    {
        Time = Logged.Call.Time,
        Source = State.Source,
        Resource = State.Resource,
        LogType = State.LogType,
        ConfigurationIds = [.. State.ConfigurationIds],
        AccountId = AccountId,
        Region = State.Region ?? Logged.Call.Region,
        BucketName = BucketName,
        KeyPrefix = NotEmpty(State.KeyPrefix),
        Destination = NotEmpty(State.Destination),
        KmsKeyId = NotEmpty(State.KmsKeyId),
        SourceArn = State.SourceArn,
        RoleArn = NotEmpty(State.RoleArn),
        IsOrganizationTrail = State.IsOrganizationTrail,
        HiveCompatiblePartitions = State.HiveCompatiblePartitions,
        PartitionedPrefix = State.PartitionedPrefix,
        Principal = State.Kind == DestinationChangeKind.Confirms ? null : Logged.Call.Principal,
        Action = Logged.Call.Action,
        WasSetBefore = State.Kind == DestinationChangeKind.Confirms,
        ErrorCode = Logged.ErrorCode,
        ErrorMessage = Logged.ErrorMessage,
        IsExpected = isExpected,
        IsCurrent = IsCurrent,
        EndTime = End?.Call.Time,
        EndAction = End?.Call.Action,
        EndPrincipal = End?.Call.Principal,
        EvidenceValue = DeliveryEvidence.CloudTrail,
        File = Logged.File,
        Position = Logged.Position,
        Findings = [.. findings],
    };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
