using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for everybody but a list of principals hits the services that the list leaves out.</summary>
internal sealed class PrincipalListRule() : DenialRule(PrincipalListKind)
{
    private static readonly FindingKind PrincipalListKind = new("LD0023", "A Deny lists who may, and the service is not among them", FindingSeverity.Blocks, AwsPages.NotPrincipal);

    private static readonly string[] ServiceNames = ["aws:principalservicename", "aws:principalservicenameslist"];

    internal override Finding? Explain(Denial denial)
    {
        if (denial.Statement.Principal.IsNegated)
        {
            var entry = $"\"{Grant.PrincipalName(denial.Request.Principal.Type)}\": \"{denial.Request.Principal.Id}\"";
            return Report(denial, $"Add {entry} to NotPrincipal of {denial.StatementName}. Better: \"Principal\": \"*\" with ArnNotLike aws:PrincipalArn and \"BoolIfExists\": {{\"aws:PrincipalIsAWSService\": \"false\"}}, as NotPrincipal also keeps AWS from adding log delivery statements.");
        }

        if (denial.HasKey(ServiceNames))
        {
            return Report(denial, $"Add \"{denial.Request.Principal.Id}\" to the list in {denial.StatementName}.");
        }

        return denial.HasKey("aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid", "aws:username")
            ? Report(denial, $"{denial.Exempt()}.")
            : null;
    }
}
