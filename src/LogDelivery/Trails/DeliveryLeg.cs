using System.Globalization;

namespace LogDelivery;

/// <summary>One destination of a trail's output, with its last success and its current error.</summary>
public sealed record DeliveryLeg
{
    /// <summary>The last success. UTC; <see langword="null"/> when there was none.</summary>
    public DateTime? LastTime { get; init; }

    /// <summary>The error that AWS reports; <see langword="null"/> when there is no error.</summary>
    public string? Error { get; init; }

    /// <summary>Whether AWS reports an error.</summary>
    public bool HasError => !string.IsNullOrWhiteSpace(Error);

    /// <summary>The error, or else the time of the last success, or else <c>never</c>.</summary>
    public override string ToString()
        => HasError ? Error! : LastTime?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "never";

    internal static DeliveryLeg Of(DateTime? lastTime, string? error)
        => new() { LastTime = lastTime?.ToUniversalTime(), Error = string.IsNullOrWhiteSpace(error) ? null : error };
}
