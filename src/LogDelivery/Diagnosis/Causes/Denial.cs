using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>A call and a Deny statement that matches it.</summary>
internal sealed class Denial(JudgedCall judged, Statement statement)
{
    public RequiredCall Call => judged.Call;

    public PolicyRequest Request => judged.Request;

    public Statement Statement => statement;

    public string StatementName => $"Statement[{statement.Index}]";

    /// <summary>The place of the first condition, or of the principals where there is none.</summary>
    public string Path => statement.Conditions.Count > 0
        ? $"{StatementName}.{Wording.Place(Telling.First())}"
        : $"{StatementName}.{(statement.Principal.IsNegated ? "NotPrincipal" : "Principal")}";

    /// <summary>The conditions that say why; those that every request of the kind meets come last.</summary>
    private IEnumerable<Condition> Telling => statement.Conditions.OrderBy(c => c.LowerCaseKey is "aws:principalisawsservice" or "aws:viaawsservice" or "aws:securetransport");

    /// <summary>Whether a condition of the statement is on one of these keys, given in lower case.</summary>
    public bool HasKey(params ReadOnlySpan<string> keys)
    {
        foreach (var condition in statement.Conditions)
        {
            if (keys.Contains(condition.LowerCaseKey))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the statement says and why it hits the call.</summary>
    public string Describe()
    {
        var reasons = Telling.Select(Reason).ToList();
        if (statement.Principal.IsNegated)
        {
            reasons.Insert(0, $"NotPrincipal lists {statement.Principal}, not {Request.Principal}");
        }

        var what = $"{statement} denies {Request.Principal}";
        return reasons.Count == 0
            ? $"{what} without any condition: Action {statement.Action}, Resource {statement.Resource}"
            : $"{what}: {string.Join("; ", reasons)}";
    }

    /// <summary>The edit that lets AWS services pass while the statement keeps its force over everybody else.</summary>
    public string Exempt()
    {
        var exemption = Request.Principal switch
        {
            { Type: PrincipalType.Service } => "\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}",

            // Which identity of an account of AWS's writes is not documented, so only the account can be exempt.
            { AccountId: { } account } principal when principal.Id.EndsWith(":root", StringComparison.Ordinal) => $"\"StringNotEquals\": {{\"aws:PrincipalAccount\": \"{account}\"}}",
            var principal => $"\"ArnNotEquals\": {{\"aws:PrincipalArn\": \"{principal.Id}\"}}",
        };
        return $"Add {exemption} to the Condition of {StatementName}";
    }

    private string Reason(Condition condition)
    {
        var value = Request.Context[condition.Key];
        var test = $"{condition.Operator} {condition.Key} {Wording.List(condition.Values)}";
        return (value.Knowledge, condition.Op.Type) switch
        {
            (ContextKnowledge.Absent, ConditionType.Null) => $"{test} holds, as the request carries no {condition.Key}",
            (ContextKnowledge.Absent, _) when condition.Op.IfExists => $"{test} holds, as the request carries no {condition.Key}; IfExists is no exemption in a Deny",
            (ContextKnowledge.Absent, _) => $"{test} holds, as the request carries no {condition.Key}",
            (ContextKnowledge.Internal, _) => $"{test} holds, as the request carries a value of AWS's own",
            _ => $"{test} holds, as the request carries {value}",
        };
    }
}
