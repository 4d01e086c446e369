namespace LogDelivery.Findings;

/// <summary>Findings as texts on one line: what a cell of a spreadsheet can hold.</summary>
internal static class FindingText
{
    public static string Ids(IEnumerable<Finding> findings) => Join(findings, f => f.Id);

    public static string Texts(IEnumerable<Finding> findings) => Join(findings, f => $"{f.Title}: {f.Evidence}");

    public static string Remedies(IEnumerable<Finding> findings) => Join(findings, f => f.Remedy);

    private static string Join(IEnumerable<Finding> findings, Func<Finding, string> text) => string.Join("; ", findings.Select(text).Distinct());
}
