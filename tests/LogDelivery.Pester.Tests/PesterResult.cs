namespace LogDelivery.Pester.Tests;

/// <summary>What became of one file of the suite.</summary>
internal sealed record PesterResult(int Passed, int Failed, int Skipped, string Output)
{
    public bool HasPassed => Failed == 0 && Passed > 0;
}
