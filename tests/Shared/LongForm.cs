namespace LogDelivery.Tests.Shared;

/// <summary>Random tests search longer when the environment variable LOGDELIVERY_LONG is 1.</summary>
internal static class LongForm
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("LOGDELIVERY_LONG") == "1";
}
