namespace LogDelivery.Policies;

/// <summary>An Amazon Resource Name cut into its parts: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <param name="Partition">Such as <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="Service">Such as <c>s3</c>.</param>
/// <param name="Region">Such as <c>us-east-1</c>; empty for global resources and buckets.</param>
/// <param name="AccountId">Twelve digits, or empty.</param>
/// <param name="Resource">The rest, colons included.</param>
internal readonly record struct Arn(string Partition, string Service, string Region, string AccountId, string Resource)
{
    /// <summary>The number of parts that a colon separates.</summary>
    internal const int PartCount = 6;

    internal string? AssumedRoleName
    {
        get
        {
            const string Prefix = "assumed-role/";
            if (Service != "sts" || !Resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return null;
            }

            var name = Resource[Prefix.Length..];
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? name : name[..slash];
        }
    }

    /// <summary>Parses an ARN into its parts.</summary>
    /// <param name="text">The ARN.</param>
    /// <param name="arn">The parts.</param>
    /// <returns><see langword="false"/> when the text does not begin with <c>arn:</c> or has fewer than six parts.</returns>
    public static bool TryParse(string? text, out Arn arn)
    {
        arn = default;
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text.Split(':', PartCount);
        if (parts.Length < PartCount || parts[1].Length == 0 || parts[2].Length == 0)
        {
            return false;
        }

        arn = new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
        return true;
    }

    /// <summary>Whether the text is a 12-digit account id.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAccountId(string? text) => text is { Length: 12 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>The ARN as text.</summary>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}
