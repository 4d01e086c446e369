using LogDelivery.Policies;

namespace LogDelivery.Streams;

/// <summary>A Firehose stream as people name it: by its name, or by its ARN, which names the Region too.</summary>
/// <param name="Name">The name.</param>
/// <param name="Region">The Region; <see langword="null"/> when only the name was given.</param>
internal sealed record StreamName(string Name, string? Region)
{
    private const string Prefix = "deliverystream/";

    /// <summary>Reads a name or an ARN; <see langword="null"/> when neither is given.</summary>
    /// <param name="text">The name or the ARN.</param>
    public static StreamName? Parse(string? text) => text switch
    {
        null or "" => null,
        _ when Arn.TryParse(text, out var arn) && arn.Service == "firehose" && arn.Resource.StartsWith(Prefix, StringComparison.Ordinal)
            => new(arn.Resource[Prefix.Length..], arn.Region),
        _ => new(text, null),
    };
}
