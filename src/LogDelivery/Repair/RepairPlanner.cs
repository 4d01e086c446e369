using System.Globalization;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>Creates one plan.</summary>
internal sealed class RepairPlanner
{
    private const string SourceArnKey = "aws:sourcearn";

    private readonly PolicyDocument original;
    private readonly PolicyTarget target;
    private readonly IReadOnlyList<Delivery> deliveries;
    private readonly RepairOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly IReadOnlyList<RequiredCall> calls;
    private readonly PolicyDocument needed;
    private readonly IReadOnlyList<string> resources;
    private readonly List<RepairEdit> edits = [];
    private readonly List<RejectedEdit> rejected = [];
    private readonly List<string> obstacles = [];
    private readonly HashSet<string> dropped = new(StringComparer.Ordinal);
    private PolicyDocument current;

    public RepairPlanner(PolicyDocument document, PolicyTarget target, IReadOnlyList<Delivery> deliveries, RepairOptions options, CancellationToken cancellationToken)
        : this(
            document,
            target,
            deliveries,
            [.. deliveries.SelectMany(d => d.Source.GetRequiredCalls(d)).Where(c => c.Target == target && !c.IsOptional)],
            PolicyRepair.GrantsOf(deliveries, target),
            options,
            cancellationToken)
    {
    }

    public RepairPlanner(PolicyDocument document, PolicyTarget target, IReadOnlyList<RequiredCall> calls, RepairOptions options, CancellationToken cancellationToken)
        : this(document, target, [.. calls.Select(c => c.Delivery).Distinct()], calls, calls.Select(c => c.Grant).DistinctBy(g => g.ToJson()), options, cancellationToken)
    {
    }

    private RepairPlanner(
        PolicyDocument document, PolicyTarget target, IReadOnlyList<Delivery> deliveries, IReadOnlyList<RequiredCall> calls, IEnumerable<Grant> neededGrants, RepairOptions options, CancellationToken cancellationToken)
    {
        original = document.As(PolicyRepair.KindOf(target));
        current = original;
        this.target = target;
        this.deliveries = deliveries;
        this.options = options;
        this.cancellationToken = cancellationToken;
        this.calls = calls;

        // A bucket policy is evaluated for its own bucket only.
        resources = target == PolicyTarget.Bucket ? [.. deliveries.Select(d => d.BucketArn).Distinct().SelectMany(b => new[] { b, $"{b}/?*" })] : [];
        var grants = neededGrants.Select(g => g.ToJson());
        var kind = target is PolicyTarget.Role or PolicyTarget.RoleTrust ? original.Kind : PolicyKind.Any;
        needed = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", grants)}}]}""", kind).As(original.Kind);
    }

    public RepairPlan Plan()
    {
        // A statement for a service principal guarantees access that otherwise depends on a role's own policy.
        foreach (var group in calls.Where(c => c.AllowedElsewhere is null || c.Delivery.Source.Family == DeliveryFamily.ServicePrincipal).GroupBy(c => c.Grant.ToJson()))
        {
            Allow([.. group]);
        }

        NarrowDenies();
        if (options.RemoveStale)
        {
            RemoveStale();
        }

        var certificate = RepairProof.Prove(original, current, needed, resources, MayLose, cancellationToken);
        if (!certificate.IsValid)
        {
            obstacles.Add(certificate.IsComplete
                ? $"The repair as a whole is refuted: {certificate.Witness}. Nothing is changed."
                : "The repair could not be proven, because the policy distinguishes too many requests. Nothing is changed.");
            current = original;
            edits.Clear();
        }

        CheckSize();
        NameAclGrants();
        var refused = calls.Where(c => !Passes(c)).ToArray();
        if (refused.Length > 0 && obstacles.Count == 0)
        {
            obstacles.AddRange(refused.Select(c => $"{c}: {current.Explain(c.Request).Reason}").Distinct());
        }

        return new(
            target,
            deliveries,
            original,
            current,
            edits,
            rejected,
            obstacles,
            certificate,
            [.. calls.Where(c => original.Evaluate(c.Request).Verdict != Verdict.Allowed && current.Evaluate(c.Request).Verdict == Verdict.Allowed)],
            refused.Length == 0 && certificate.IsValid && !IsTooLarge(current));
    }

    private bool Passes(RequiredCall call) => PassesByAlternative(current, call) || current.Evaluate(call.Request).Verdict switch
    {
        Verdict.Allowed => true,
        Verdict.ImplicitDeny => call.AllowedElsewhere is not null,

        // When it is unknown whether this document allows the call, other policies may allow it.
        Verdict.Unknown => call.AllowedElsewhere is not null && !current.Statements.Any(s => s.Effect == PolicyEffect.Deny && s.Matches(call.Request) != Truth.False),
        _ => false,
    };

    // A load balancer also delivers as the ELB account of its Region: when that is allowed, no repair is needed.
    private static bool PassesByAlternative(PolicyDocument document, RequiredCall call)
        => call.AlternativeRequest is { } other && document.Evaluate(other).Verdict == Verdict.Allowed;

    private void Allow(IReadOnlyList<RequiredCall> group)
    {
        var failing = group.Where(c => !IsAllowedBy(current, c)).ToArray();
        if (failing.Length == 0)
        {
            return;
        }

        if (failing.FirstOrDefault(c => c.Delivery.SourceArn is null && c.Delivery.Source.SourceArns.Length > 0 && HangsOnSourceArn(c)) is { } open)
        {
            obstacles.Add($"{open.Delivery}: a statement tests aws:SourceArn, and the source ARN of the delivery is unknown. Specify it (TrailArn, SourceArn).");
            return;
        }

        if (!TryCure(failing))
        {
            Add(group[0]);
        }
    }

    private static bool IsAllowedBy(PolicyDocument document, RequiredCall call)
        => PassesByAlternative(document, call) || document.Statements.Any(s => s.Effect == PolicyEffect.Allow && s.Matches(call.Request) == Truth.True);

    private bool HangsOnSourceArn(RequiredCall call)
        => current.Statements.Any(s => s.Effect == PolicyEffect.Allow
            && Explanation.FindMisses(s, call.Request) is [{ Truth: Truth.Unknown, Condition.LowerCaseKey: SourceArnKey }]);

    /// <summary>Adds the right ARN to a statement that is exact but for a stale aws:SourceArn.</summary>
    private bool TryCure(RequiredCall[] failing)
    {
        foreach (var statement in current.Statements.Where(s => s.Effect == PolicyEffect.Allow))
        {
            var misses = failing.Select(c => Explanation.FindMisses(statement, c.Request)).ToArray();
            if (!misses.All(m => m is [{ Condition.LowerCaseKey: SourceArnKey }]) || misses[0][0].Condition is not { } condition || !IsCurable(condition))
            {
                continue;
            }

            var value = failing[0].Grant.Conditions.FirstOrDefault(c => c.Key.Equals(SourceArnKey, StringComparison.OrdinalIgnoreCase))?.Values[0];
            if (value is null || (!condition.Op.Wildcards && value.AsSpan().ContainsAny('*', '?')))
            {
                continue;
            }

            var candidate = PolicyEditor.AddConditionValue(current, condition, value);
            var description = $"{statement}: add {value} to {condition.Operator} {condition.Key}";
            if (Accept(candidate, description))
            {
                Record(RepairEditKind.AddConditionValue, statement, description, candidate, 1);
                return true;
            }
        }

        return false;
    }

    private static bool IsCurable(Condition condition)
        => condition.Op is { Negated: false, Quantifier: SetQuantifier.None, Type: ConditionType.Text or ConditionType.Arn };

    private void Add(RequiredCall call)
    {
        var sid = PolicyEditor.FreeSid(current, call.Grant.Sid);
        var node = call.Grant.ToJsonNode(sid);
        var after = node.ToJsonString(PolicyJson.Compact);
        current = PolicyEditor.AddStatement(current, node);
        edits.Add(new(RepairEditKind.AddStatement, current.Statements.Count - 1, sid, $"Add the statement \"{sid}\" for {call.Delivery}", null, after));
    }

    private void NarrowDenies()
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (NextHit(given) is { } hit)
        {
            var statement = current.Statements[hit.Index];
            var text = current.GetStatementText(hit.Index);
            if (!options.NarrowDenies)
            {
                obstacles.Add($"{statement} denies {string.Join(", ", hit.Calls.Select(c => c.ToString()).Distinct())} of {hit.Calls[0].Delivery}. Allow the plan to narrow denies (-NarrowDeny, --narrow-denies), or exempt the delivery by hand.");
                given.Add(text);
            }
            else if (!TryNarrow(hit.Index, hit.Calls))
            {
                obstacles.Add($"{statement} denies {hit.Calls[0]} of {hit.Calls[0].Delivery}, and no exemption was found that allows nothing else.");
                given.Add(text);
            }
        }
    }

    /// <summary>The first Deny that hits a delivery, with all the calls of that delivery that it hits.</summary>
    private (int Index, List<RequiredCall> Calls)? NextHit(HashSet<string> given)
    {
        foreach (var call in calls.Where(c => !PassesByAlternative(current, c)))
        {
            foreach (var statement in current.Statements.Where(s => s.Effect == PolicyEffect.Deny && Hits(s, call)))
            {
                if (!given.Contains(current.GetStatementText(statement.Index)))
                {
                    return (statement.Index, [.. calls.Where(c => c.Delivery == call.Delivery && Hits(statement, c))]);
                }
            }
        }

        return null;
    }

    // With permission to narrow, a Deny that may apply counts as well.
    private bool Hits(Statement statement, RequiredCall call)
        => statement.Matches(call.Request) is var truth && (truth == Truth.True || (truth == Truth.Unknown && options.NarrowDenies));

    private bool TryNarrow(int index, List<RequiredCall> hit)
    {
        var statement = current.Statements[index];
        var grants = hit.Select(c => c.Grant).DistinctBy(g => g.ToJson()).ToArray();
        foreach (var option in DenyExemption.Candidates(current, index, hit[0].Delivery, grants))
        {
            var candidate = option.ApplyTo(current, index);
            var replaced = candidate.Statements.Skip(index).Take(option.Count);
            if (replaced.Any(s => hit.Exists(c => s.Matches(c.Request) != Truth.False)))
            {
                continue;
            }

            if (Accept(candidate, option.Description))
            {
                var smallest = Minimise(option, index);
                Record(option.Kind, statement, option.Description, smallest.ApplyTo(current, index), smallest.Count);
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes redundant parts of a split: those without which the rest still denies everything that must be denied.</summary>
    private DenyCandidate Minimise(DenyCandidate option, int index)
    {
        for (var i = option.Statements.Count - 1; i >= 0 && option.Statements.Count > 1; i--)
        {
            var fewer = option with { Statements = [.. option.Statements.Where((_, j) => j != i)] };
            if (IsProven(fewer.ApplyTo(current, index), out _))
            {
                option = fewer;
            }
        }

        return option;
    }

    /// <summary>Removes ARNs that match none of the deliveries from the statements that allow them.</summary>
    private void RemoveStale()
    {
        for (var i = 0; i < current.Statements.Count; i++)
        {
            var statement = current.Statements[i];
            var own = calls.Where(c => statement.Effect == PolicyEffect.Allow && statement.Matches(c.Request) == Truth.True).ToArray();
            if (own.Length == 0 || statement.Conditions.FirstOrDefault(c => c.LowerCaseKey == SourceArnKey && IsCurable(c)) is not { Values.Count: > 1 } condition)
            {
                continue;
            }

            var operands = condition.Operands.ToArray();
            bool IsLive(string value) => own.Any(c => c.Request.Context["aws:SourceArn"] is var arn
                && operands.First(o => o.Text == value) is var operand
                && (arn.Form is { } form ? operand.MatchesForm(form, c.Request.Context) != Truth.False : arn.Values.Any(v => operand.Matches(v, c.Request.Context) == Truth.True)));
            var live = condition.Values.Where(IsLive).ToArray();
            if (live.Length == condition.Values.Count || live.Length == 0)
            {
                continue;
            }

            var stale = condition.Values.Except(live).ToArray();
            dropped.UnionWith(stale);
            var candidate = PolicyEditor.SetConditionValues(current, condition, live);
            var description = $"{statement}: drop {string.Join(", ", stale)} from {condition.Operator} {condition.Key}";
            if (Accept(candidate, description))
            {
                Record(RepairEditKind.RemoveStaleValue, statement, description, candidate, 1);
            }
        }
    }

    private bool MayLose(PolicyRequest request)
        => request.Context["aws:SourceArn"].Values is [var arn]
            && dropped.Any(d => Pattern.Compile(d, wildcards: true, variables: false).IsMatch(arn));

    private bool Accept(PolicyDocument candidate, string description)
    {
        if (IsProven(candidate, out var certificate))
        {
            return true;
        }

        rejected.Add(new(description, certificate.Witness ?? "the comparison was given up as too large"));
        return false;
    }

    // An Allow must be exact by itself: requests that only a Deny stops today would be allowed when that Deny is removed.
    private bool IsProven(PolicyDocument candidate, out RepairCertificate certificate)
    {
        certificate = RepairProof.Prove(original, candidate, needed, resources, MayLose, cancellationToken);
        if (certificate.IsValid)
        {
            certificate = RepairProof.Prove(PolicyEditor.WithoutDenies(original), PolicyEditor.WithoutDenies(candidate), needed, resources, MayLose, cancellationToken);
        }

        return certificate.IsValid;
    }

    private void Record(RepairEditKind kind, Statement statement, string description, PolicyDocument candidate, int count)
    {
        var after = string.Join(",", Enumerable.Range(statement.Index, count).Select(candidate.GetStatementText));
        edits.Add(new(kind, statement.Index, statement.Sid, description, current.GetStatementText(statement.Index), after));
        current = candidate;
    }

    /// <summary>Lists the deliveries that the bucket's ACL must allow: a policy cannot allow them and need not.</summary>
    private void NameAclGrants()
    {
        foreach (var call in calls.Where(c => c.Grant.AclPermission is not null && current.Evaluate(c.Request).Verdict == Verdict.ImplicitDeny).DistinctBy(c => c.Delivery))
        {
            obstacles.Add($"{call.Delivery}: the bucket's ACL must allow it, not a policy. Grant {call.Request.Principal} {call.Grant.AclPermission} in the ACL; Object Ownership must allow ACLs.");
        }
    }

    private bool IsTooLarge(PolicyDocument document) => document.SizeInBytes > Limit;

    private int Limit => PolicyRepair.LimitOf(target);

    private void CheckSize()
    {
        if (!IsTooLarge(current))
        {
            return;
        }

        var compact = PolicyEditor.WithoutWhiteSpace(current);
        var size = compact.SizeInBytes;
        if (options.DropWhiteSpace && size <= Limit)
        {
            current = compact;
            return;
        }

        var wayOut = size <= Limit
            ? string.Create(CultureInfo.InvariantCulture, $"without white space it has {size:N0} and fits")
            : string.Create(CultureInfo.InvariantCulture, $"even without white space it has {size:N0}; collapse resource lists into wildcards, or give some deliveries a bucket of their own");
        obstacles.Add(string.Create(CultureInfo.InvariantCulture, $"The repaired document has {current.SizeInBytes:N0} bytes, and AWS takes {Limit:N0}: {wayOut}."));
    }
}
