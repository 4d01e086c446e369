using FsCheck;

namespace LogDelivery.Tests.Comparison;

/// <summary>How long random tests search.</summary>
internal static class Effort
{
    private static readonly int Factor = LongForm.IsOn ? 10 : 1;

    public static Config Tests(int count) => Config.QuickThrowOnFailure.WithMaxTest(count * Factor);
}
