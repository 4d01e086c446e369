using LogDelivery.Patterns;
using LogDelivery.Tests.Diagnosis;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>The table of docs/concepts/filter-patterns.md says what really happens.</summary>
public sealed class DocumentedSurpriseTests
{
    public static TheoryData<string, string, bool> Rows()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.ConceptPages, "filter-patterns.md")))
        {
            var cells = line.Replace("\\|", "\u0001").Split(" | ");
            if (cells.Length == 4 && cells[2] is "yes" or "no")
            {
                data.Add(Code(cells[0][2..]), Code(cells[1]), cells[2] == "yes");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Agrees(string pattern, string message, bool matches) => Assert.Equal(matches, FilterPattern.Parse(pattern).Matches(message));

    [Fact]
    public void TheTableIsFound() => Assert.True(Rows().Count > 20);

    private static string Code(string cell) => cell.Trim('`').Replace('\u0001', '|');
}
