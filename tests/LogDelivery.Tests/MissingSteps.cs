using Xunit;

namespace LogDelivery.Tests;

/// <summary>What is missing of something that stands in several files.</summary>
internal static class MissingSteps
{
    /// <summary>Fails with the sentences, where there are any.</summary>
    /// <param name="sentences">A sentence for each step that was left out, with the file that it belongs into.</param>
    public static void Report(IEnumerable<string> sentences)
    {
        var text = string.Join(Environment.NewLine, sentences);
        Assert.True(text.Length == 0, text);
    }
}
