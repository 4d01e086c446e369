using Xunit;

namespace LogDelivery.Architecture.Tests;

/// <summary>A file is short enough to be read at once.</summary>
public sealed class FileLengthTests
{
    private const int MaxLines = 400;

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = SourceTree.Projects.SelectMany(p => SourceTree.Of(p).Files)
            .Select(t => (File: SourceTree.NameOf(t.FilePath), Lines: File.ReadLines(t.FilePath).Count()))
            .Where(f => f.Lines > MaxLines)
            .Select(f => $"{f.File}: {f.Lines} lines; split it by subject")
            .ToList();
        Assert.True(tooLong.Count == 0, $"No file under src is longer than {MaxLines} lines:\n{string.Join('\n', tooLong)}");
    }
}
