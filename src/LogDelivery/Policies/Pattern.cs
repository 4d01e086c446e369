namespace LogDelivery.Policies;

/// <summary>
/// A text of a policy compiled for matching: wildcards <c>*</c> and <c>?</c>, and policy variables. Matching does not
/// allocate unless the pattern has variables.
/// </summary>
internal sealed class Pattern
{
    private readonly List<PatternPart>? variableParts;
    private readonly Segment[] segments;
    private readonly bool openStart;
    private readonly bool openEnd;
    private readonly StringComparison comparison;

    private Pattern(string text, List<PatternPart> parts, bool ignoreCase)
    {
        Text = text;
        Parts = parts;
        IgnoreCase = ignoreCase;
        comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (parts.Exists(p => p.Kind == PatternPartKind.Variable))
        {
            variableParts = parts;
            segments = [];
            return;
        }

        openStart = parts.Count > 0 && parts[0].Kind == PatternPartKind.AnyRun;
        openEnd = parts.Count > 0 && parts[^1].Kind == PatternPartKind.AnyRun;
        segments = CutAtRuns(parts);
        IsLiteral = !openStart && !openEnd && segments.Length <= 1 && !parts.Exists(p => p.Kind != PatternPartKind.Literal);
    }

    /// <summary>The text as the policy has it.</summary>
    public string Text { get; }

    public bool IgnoreCase { get; }

    /// <summary>Whether the pattern matches one text only.</summary>
    public bool IsLiteral { get; }

    public bool HasVariables => variableParts is not null;

    public IReadOnlyList<PatternPart> Parts { get; }

    /// <summary>The lower-case keys of the variables.</summary>
    public IEnumerable<string> VariableKeys => variableParts?.Where(p => p.Kind == PatternPartKind.Variable).Select(p => p.Text) ?? [];

    /// <summary>The keys of the variables as the policy spells them.</summary>
    public IEnumerable<string> VariableNames => variableParts?.Where(p => p.Kind == PatternPartKind.Variable).Select(p => p.Name ?? p.Text) ?? [];

    public static Pattern Compile(string text, bool wildcards, bool variables, bool ignoreCase = false)
        => new(text, PatternPart.Cut(text, wildcards, variables), ignoreCase);

    public static Pattern FromParts(string text, List<PatternPart> parts, bool ignoreCase = false) => new(text, parts, ignoreCase);

    public Truth Match(ReadOnlySpan<char> value, RequestContext context)
    {
        if (variableParts is null)
        {
            return IsMatch(value).ToTruth();
        }

        return TryResolve(context, out var resolved) switch
        {
            Truth.True => resolved!.IsMatch(value).ToTruth(),
            var other => other,
        };
    }

    /// <summary>Replaces the variables by the values of the context.</summary>
    /// <returns>
    /// False when a variable has neither value nor default (the pattern then matches nothing), Unknown when the value of
    /// one cannot be known.
    /// </returns>
    public Truth TryResolve(RequestContext context, out Pattern? resolved)
    {
        resolved = this;
        if (variableParts is null)
        {
            return Truth.True;
        }

        resolved = null;
        var parts = new List<PatternPart>(variableParts.Count);
        var truth = Truth.True;
        foreach (var part in variableParts)
        {
            if (part.Kind != PatternPartKind.Variable)
            {
                parts.Add(part);
                continue;
            }

            var value = context.Find(part.Text);
            switch (value.Knowledge)
            {
                case ContextKnowledge.Present when value.Values is [{ Length: > 0 } only] && !MultivaluedKeys.Contains(part.Text):
                    parts.Add(new(PatternPartKind.Literal, only));
                    break;
                case ContextKnowledge.Absent or ContextKnowledge.Present when part.Default is not null:
                    parts.Add(new(PatternPartKind.Literal, part.Default));
                    break;
                case ContextKnowledge.Absent or ContextKnowledge.Present:
                    // No value, an empty one, or several (which a multivalued key has even when it is one): no value.
                    return Truth.False;
                default:
                    truth = Truth.Unknown;
                    break;
            }
        }

        if (truth == Truth.True)
        {
            resolved = new Pattern(Text, MergeLiterals(parts), IgnoreCase);
        }

        return truth;
    }

    public bool IsMatch(ReadOnlySpan<char> value)
    {
        if (IsLiteral)
        {
            return value.Equals(segments.Length == 0 ? [] : segments[0].Literal, comparison);
        }

        if (segments.Length == 0)
        {
            return openStart || value.IsEmpty;
        }

        var first = 0;
        var last = segments.Length - 1;
        if (!openStart)
        {
            if (!segments[0].MatchesStart(value, comparison))
            {
                return false;
            }

            if (last == 0 && !openEnd)
            {
                return value.Length == segments[0].Length;
            }

            value = value[segments[0].Length..];
            first = 1;
        }

        if (!openEnd && last >= first)
        {
            var tail = segments[last];
            if (value.Length < tail.Length || !tail.MatchesStart(value[^tail.Length..], comparison))
            {
                return false;
            }

            value = value[..^tail.Length];
            last--;
        }

        // The leftmost match is right for every segment in between: it leaves the most text for the rest.
        for (var i = first; i <= last; i++)
        {
            var at = segments[i].Find(value, comparison);
            if (at < 0)
            {
                return false;
            }

            value = value[(at + segments[i].Length)..];
        }

        return true;
    }

    public override string ToString() => Text;

    private static List<PatternPart> MergeLiterals(List<PatternPart> parts)
    {
        var merged = new List<PatternPart>(parts.Count);
        foreach (var part in parts)
        {
            if (part.Kind == PatternPartKind.Literal && merged.Count > 0 && merged[^1].Kind == PatternPartKind.Literal)
            {
                merged[^1] = new(PatternPartKind.Literal, merged[^1].Text + part.Text);
            }
            else
            {
                merged.Add(part);
            }
        }

        return merged;
    }

    private static Segment[] CutAtRuns(List<PatternPart> parts)
    {
        var segments = new List<Segment>();
        var current = new List<PatternPart>();
        foreach (var part in parts)
        {
            if (part.Kind != PatternPartKind.AnyRun)
            {
                current.Add(part);
            }
            else if (current.Count > 0)
            {
                segments.Add(new Segment([.. current]));
                current.Clear();
            }
        }

        if (current.Count > 0)
        {
            segments.Add(new Segment([.. current]));
        }

        return [.. segments];
    }

    /// <summary>A run of literals and <c>?</c> between two <c>*</c>. Its length is fixed.</summary>
    private sealed class Segment
    {
        private readonly PatternPart[] parts;

        public Segment(PatternPart[] parts)
        {
            this.parts = parts;
            Length = parts.Sum(p => p.Text.Length);
            Literal = parts is [{ Kind: PatternPartKind.Literal } only] ? only.Text : null;
        }

        public int Length { get; }

        public string? Literal { get; }

        public bool MatchesStart(ReadOnlySpan<char> value, StringComparison comparison)
        {
            if (Literal is not null)
            {
                return value.StartsWith(Literal, comparison);
            }

            if (value.Length < Length)
            {
                return false;
            }

            foreach (var part in parts)
            {
                if (part.Kind == PatternPartKind.Literal && !value.StartsWith(part.Text, comparison))
                {
                    return false;
                }

                value = value[part.Text.Length..];
            }

            return true;
        }

        public int Find(ReadOnlySpan<char> value, StringComparison comparison)
        {
            if (Literal is not null)
            {
                return value.IndexOf(Literal, comparison);
            }

            for (var at = 0; at + Length <= value.Length; at++)
            {
                if (MatchesStart(value[at..], comparison))
                {
                    return at;
                }
            }

            return -1;
        }
    }
}
