using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>A refused call has a cause, and one only for each fact; a call that is not surely refused has none.</summary>
public sealed class CauseTests
{
    private static readonly Delivery[] Deliveries =
        [Sample.Trail, Sample.OrganizationTrail, Sample.FlowLog, Sample.LoadBalancer, Sample.AccessLog, Sample.Of("CloudWatchLogsExport"), Sample.Of("RedshiftAudit")];

    private static readonly (string Element, string Json)[] Faults =
    [
        ("Action", "\"s3:GetObject\""),
        ("Action", "[\"s3:*\"]"),
        ("Resource", "\"arn:aws:s3:::amzn-s3-demo-bucket\""),
        ("Resource", "\"arn:aws:s3:::amzn-s3-demo-bucket/*\""),
        ("Resource", "\"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/444455556666/*\""),
        ("Resource", "\"arn:aws:s3:::amzn-s3-demo-other/*\""),
        ("Resource", "\"arn:aws:s3:::*/CloudTrail/*\""),
        ("Principal", "\"*\""),
        ("Principal", "{\"Service\":\"delivery.logs.amazonaws.com\"}"),
        ("Principal", "{\"AWS\":\"444455556666\"}"),
        ("Effect", "\"Deny\""),
        ("Condition", "{\"StringEquals\":{\"aws:SourceAccount\":\"444455556666\"}}"),
        ("Condition", "{\"StringEquals\":{\"aws:SourceArn\":\"arn:aws:*\"}}"),
        ("Condition", "{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-exampleorgid\",\"s3:x-amz-acl\":\"private\"}}"),
        ("Condition", "{\"StringNotEquals\":{\"aws:SourceOrgID\":\"o-exampleorgid\"}}"),
        ("Condition", "{\"NotIpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}"),
        ("Condition", "{\"Null\":{\"aws:SourceArn\":\"true\"}}"),
    ];

    /// <summary>Documented policies spoilt in up to six places at random.</summary>
    private static Arbitrary<(Delivery Delivery, PolicyDocument Policy)> Spoilt => (
        from delivery in Gen.Elements(Deliveries)
        from count in Gen.Choose(0, 6)
        from faults in Gen.ListOf(Gen.Elements(Faults), count)
        from places in Gen.ListOf(Gen.Choose(0, 9), count)
        select (delivery, Spoil(delivery, [.. faults.Zip(places)]))).ToArbitrary();

    [Fact]
    public void A_missing_allow_has_exactly_one_cause()
        => Prop.ForAll(Spoilt, given =>
        {
            var result = PolicyTest.Run(given.Delivery, given.Policy);
            var allowSide = FindingRules.Refusals.Select(r => r.Kind.Id).ToHashSet();
            return result.Calls.Where(c => c is { Verdict: Verdict.ImplicitDeny, Call.IsOptional: false, Call.AllowedElsewhere: null })
                .All(c => c.Findings.Count(f => f.SeverityValue == FindingSeverity.Blocks) == 1 && c.Findings.Count(f => allowSide.Contains(f.Id)) == 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_deny_that_matches_has_exactly_one_cause()
        => Prop.ForAll(Spoilt, given =>
        {
            var denials = FindingRules.Denials.Select(r => r.Kind.Id).ToHashSet();
            return PolicyTest.Run(given.Delivery, given.Policy).Calls.Where(c => c is { Verdict: Verdict.ExplicitDeny, Call.IsOptional: false }).All(c =>
            {
                var matching = given.Policy.Statements.Where(s => s.Effect == PolicyEffect.Deny && s.Matches(c.Explanation!.Request) == Truth.True).Select(s => s.Index);
                return matching.SequenceEqual(c.Findings.Where(f => denials.Contains(f.Id)).Select(f => f.StatementIndex).Order());
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_not_surely_refused_never_blocks()
        => Prop.ForAll(Spoilt, given => PolicyTest.Run(given.Delivery, given.Policy).Calls
            .Where(c => c.Verdict is Verdict.Allowed or Verdict.Unknown || c.Call.IsOptional)
            .All(c => c.Findings.All(f => f.SeverityValue != FindingSeverity.Blocks))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_finding_names_a_place_that_is_there()
        => Prop.ForAll(Spoilt, given => PolicyTest.Run(given.Delivery, given.Policy).AllFindings.All(f =>
            f.StatementIndex < given.Policy.Statements.Count
            && (f.StatementIndex < 0 || (f.Sid == given.Policy.Statements[f.StatementIndex].Sid && f.Path.StartsWith($"Statement[{f.StatementIndex}]", StringComparison.Ordinal)))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Findings_come_worst_first_and_each_once()
        => Prop.ForAll(Spoilt, given =>
        {
            var findings = PolicyTest.Run(given.Delivery, given.Policy).AllFindings;
            return findings.Select(f => f.SeverityValue).SequenceEqual(findings.Select(f => f.SeverityValue).Order())
                && findings.Select(f => (f.Id, f.Evidence)).Distinct().Count() == findings.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Evidence_and_remedy_are_sentences()
        => Prop.ForAll(Spoilt, given => PolicyTest.Run(given.Delivery, given.Policy).AllFindings.All(f =>
            f.Evidence.EndsWith('.')
            && (f.Remedy.EndsWith('.') || f.Remedy.EndsWith('}'))
            && !f.Evidence.Replace("...", string.Empty, StringComparison.Ordinal).Contains("..", StringComparison.Ordinal)))
            .QuickCheckThrowOnFailure();

    private static PolicyDocument Spoil(Delivery delivery, IReadOnlyList<((string Element, string Json) Fault, int Place)> faults)
    {
        var statements = delivery.Source.GetGrants(delivery).Select(g => g.ToJsonNode()).ToArray();
        foreach (var (fault, place) in faults)
        {
            statements[place % statements.Length][fault.Element] = JsonNode.Parse(fault.Json);
        }

        var draft = PolicyDraft.Empty();
        foreach (var statement in statements)
        {
            draft.Add(statement.ToJsonString());
        }

        return draft.Build();
    }
}
