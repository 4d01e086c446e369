using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Streams.Links;

/// <summary>The roles of the chain: who may take them on, and what they may do.</summary>
internal static class RoleLinks
{
    // What ties a service that takes a role on to an account of its own.
    private static readonly string[] Guards = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "sts:externalid"];

    /// <summary>Judges a trust policy. Of several calls one is enough: they are the names that one service goes by.</summary>
    public static void InspectTrust(
        LinkReport report, RoleDescription role, IReadOnlyList<StreamCall> calls, Func<string, string?, Finding> explain, string guard)
    {
        var policies = RoleAccess.TrustOf(role);
        var judged = calls.Select(c => (c.Name, c.Request, Part: AccessEvaluation.Explain(c.Request, policies).Resource)).ToArray();
        var best = judged.OrderByDescending(j => j.Part.Does).ThenBy(j => Nearness(j.Part)).First();

        // A Deny for either of the names is meant for the service.
        var denied = judged.FirstOrDefault(j => j.Part.Verdict == Verdict.ExplicitDeny);
        var chosen = denied.Part is not null && best.Part.Does != Truth.True ? denied : best;
        report.Judge([chosen], reason => explain(reason, PathOf(chosen.Part)));
        if (!report.IsBroken && chosen.Part is { Does: Truth.True, Explanation.Statement: { } statement } && !statement.Conditions.Any(c => Guards.Contains(c.LowerCaseKey)))
        {
            report.Note(StreamFindings.Unguarded(
                $"{statement} of the trust policy of {role.Arn} lets {chosen.Request.Principal} take the role on, and no condition says for whom.", guard, $"Statement[{statement.Index}]"));
        }
    }

    private static int Nearness(AccessPart part) => part.Explanation?.NearMisses is [var first, ..] ? first.Misses.Count : int.MaxValue;

    private static string? PathOf(AccessPart part) => part.Explanation switch
    {
        { Statement: { } statement } => $"Statement[{statement.Index}]",
        { NearMisses: [{ Misses: [var miss, ..] }, ..] } => miss.Path,
        _ => null,
    };
}
