namespace LogDelivery.Sources;

/// <summary>A request of a delivery as a log shows it. Immutable.</summary>
/// <param name="Action">The action, as policies name it.</param>
/// <param name="Key">The object key; <see langword="null"/> for a call on the bucket.</param>
/// <param name="SendsAcl">Whether the header <c>x-amz-acl</c> was sent; <see langword="null"/> where the log does not tell.</param>
/// <param name="Acl">The value of that header.</param>
public sealed record ObservedRequest(string Action, string? Key, bool? SendsAcl, string? Acl)
{
    /// <summary>The request in words.</summary>
    public override string ToString() => $"{Action} {Key ?? "of the bucket"}{(SendsAcl switch { true => $", x-amz-acl: {Acl}", false => ", without x-amz-acl", null => string.Empty })}";
}
