using LogDelivery.Policies;

namespace LogDelivery.Sandbox.State;

/// <summary>
/// A resource's policy, whose changes other callers see later when delayed visibility is configured: S3 policies are
/// eventually consistent.
/// </summary>
internal sealed class StoredPolicy(PolicyKind kind)
{
    private static readonly PolicyDocument NoBucketPolicy = PolicyDocument.Empty(PolicyKind.Bucket);
    private static readonly PolicyDocument NoPolicy = PolicyDocument.Empty(PolicyKind.Any);

    private Version current = new(null, null);
    private Version earlier = new(null, null);
    private DateTimeOffset visibleAt;
    private int readsUntilVisible;

    /// <summary>The text of the last write, even when it is not visible yet.</summary>
    public string? Text => current.Text;

    /// <summary>Counts the changes.</summary>
    public int ChangeCount { get; private set; }

    public void Set(string? text, PolicyDocument? document = null)
    {
        current = new(text, text is null ? null : document ?? PolicyDocument.Parse(text, kind));
        earlier = current;
        ChangeCount++;
    }

    public void SetLater(string? text, PolicyDocument? document, DateTimeOffset visibleFrom, int reads)
    {
        earlier = current;
        current = new(text, text is null ? null : document ?? PolicyDocument.Parse(text, kind));
        visibleAt = visibleFrom;
        readsUntilVisible = reads;
        ChangeCount++;
    }

    /// <summary>Gets the policy text that a reader sees now. Each call counts as a read when visibility depends on a number of reads.</summary>
    public string? Read(DateTimeOffset now)
    {
        if (ReferenceEquals(earlier, current))
        {
            return current.Text;
        }

        if (readsUntilVisible > 0)
        {
            readsUntilVisible--;
            return earlier.Text;
        }

        return Visible(now).Text;
    }

    /// <summary>Gets the policy that requests are evaluated against now.</summary>
    public PolicyDocument DocumentAt(DateTimeOffset now)
        => Visible(now).Document ?? (kind == PolicyKind.Bucket ? NoBucketPolicy : NoPolicy);

    private Version Visible(DateTimeOffset now)
    {
        if (!ReferenceEquals(earlier, current) && readsUntilVisible == 0 && now >= visibleAt)
        {
            earlier = current;
        }

        return earlier;
    }

    private sealed record Version(string? Text, PolicyDocument? Document);
}
