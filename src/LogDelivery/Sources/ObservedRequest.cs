namespace LogDelivery.Sources;

/// <summary>A request of a delivery as a log shows it. Immutable.</summary>
public sealed record ObservedRequest
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public ObservedRequest()
    {
    }

    internal ObservedRequest(string action, string? key, bool? sendsAcl, string? acl)
        => (Action, Key, SendsAcl, Acl) = (action, key, sendsAcl, acl);

    /// <summary>The action, as policies name it.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>The object key; <see langword="null"/> for a call on the bucket.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the header <c>x-amz-acl</c> was sent; <see langword="null"/> where the log does not tell.</summary>
    public bool? SendsAcl { get; init; }

    /// <summary>The value of that header.</summary>
    public string? Acl { get; init; }

    /// <summary>The request in words.</summary>
    public override string ToString() => $"{Action} {Key ?? "of the bucket"}{(SendsAcl switch { true => $", x-amz-acl: {Acl}", false => ", without x-amz-acl", null => string.Empty })}";
}
