using LogDelivery.Policies;

namespace LogDelivery.Requests;

/// <summary>The Region to ask: the one that was given, or else the one that an ARN names.</summary>
internal static class RequestRegion
{
    /// <summary>The Region of a request; <see langword="null"/> when neither the Region nor an ARN with one was given.</summary>
    /// <param name="given">The Region that was given.</param>
    /// <param name="arns">ARNs, in the order in which they count.</param>
    public static string? Of(string? given, params IEnumerable<string?> arns)
        => RequestText.OrNull(given) ?? arns.Select(OfArn).FirstOrDefault(r => r is not null);

    /// <summary>The Region that an ARN names; <see langword="null"/> when it names none, as that of a bucket, or is no ARN.</summary>
    /// <param name="text">The ARN.</param>
    public static string? OfArn(string? text) => Arn.TryParse(text, out var arn) ? RequestText.OrNull(arn.Region) : null;
}
