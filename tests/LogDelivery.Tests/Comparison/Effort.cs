using System.Globalization;
using FsCheck;

namespace LogDelivery.Tests.Comparison;

/// <summary>
/// How long random tests search. Set LOGDELIVERY_TEST_EFFORT to 10 to search ten times as long as an everyday run does.
/// </summary>
internal static class Effort
{
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("LOGDELIVERY_TEST_EFFORT"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    public static Config Tests(int count) => Config.QuickThrowOnFailure.WithMaxTest(count * Factor);
}
