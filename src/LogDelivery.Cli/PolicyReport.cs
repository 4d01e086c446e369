using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Requests;

namespace LogDelivery.Cli;

/// <summary>Prints what a test found.</summary>
internal static class PolicyReport
{
    /// <summary>Lets the conclusion know of every call that was judged.</summary>
    public static void Conclude(IEnumerable<PolicyTestResult> results, Conclusion conclusion)
    {
        foreach (var row in results.SelectMany(r => PolicyTestRow.From(r)))
        {
            conclusion.Add(Outcomes.Of(row));
        }
    }

    public static void Write(IReadOnlyList<PolicyTestResult> results, string? policyPath, OutputFormat format, Screen output)
    {
        if (format == OutputFormat.Json)
        {
            foreach (var row in results.SelectMany(r => PolicyTestRow.From(r, policyPath)))
            {
                output.WriteLine(JsonLine.From(row));
            }

            return;
        }

        var style = output.Style;
        var severalAccounts = results.Select(r => r.Delivery.AccountId).Distinct().Count() > 1;
        var table = new TextTable("Source", "Call", "Verdict", "Statement");
        foreach (var call in results.SelectMany(r => r.Calls).Where(c => !c.Call.IsOptional))
        {
            var source = severalAccounts ? $"{call.Call.Delivery.Source.Id} {call.Call.Delivery.AccountId}" : call.Call.Delivery.Source.Id;
            var statement = call.Explanation?.Statement?.ToString() ?? "-";
            table.Add(source, call.Call.ToString(), style.Verdict(call.Verdict), statement);
        }

        table.Write(output);
        foreach (var finding in results.SelectMany(r => r.AllFindings).DistinctBy(f => (f.Id, f.Evidence)).OrderBy(f => f.SeverityValue))
        {
            output.WriteLine();
            output.WriteLine($"{style.Severity(finding.SeverityValue)} {finding.Id} {finding.Title}");
            output.WriteLine($"  {finding.Evidence}");
            output.WriteLine($"  {style.Dim("Remedy:")} {finding.Remedy}");
            output.WriteLine($"  {style.Dim(finding.Documentation.AbsoluteUri)}");
        }

        output.WriteLine();
        output.WriteLine(Summary(results));
    }

    private static string Summary(IReadOnlyList<PolicyTestResult> results)
    {
        var required = results.SelectMany(r => r.Calls).Where(c => !c.Call.IsOptional).ToArray();
        var allowed = required.Count(c => c.Verdict == Verdict.Allowed);
        var what = results.Any(r => r.Blocks) ? "Deliveries are refused"
            : results.Any(r => r.IsUnknown) ? "It cannot be told from here whether deliveries arrive"
            : "Deliveries are let in";
        return $"{what}: {allowed} of {required.Length} required calls are allowed.";
    }
}
