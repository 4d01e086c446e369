using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>Finds the values of policy variables for which the resolved patterns match other patterns and values.</summary>
internal sealed class VariableValues
{
    // A variable of a variable is as far as policies go.
    private const int Rounds = 3;
    private const int MaxValues = 64;

    private readonly IReadOnlyList<Statement> statements;
    private readonly ClassSearch search;

    // Each pattern with the place where it stands: the key of its condition, or null for a resource.
    private readonly (string? Key, Pattern Pattern, bool IsArn)[] patterns;
    private readonly Dictionary<string, HashSet<string>> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> ownValues = new(StringComparer.Ordinal);

    private VariableValues(IReadOnlyList<Statement> statements, ClassSearch search)
    {
        this.statements = statements;
        this.search = search;
        patterns =
        [
            .. statements.SelectMany(s => s.Resource?.Patterns ?? []).Select(p => ((string?)null, p, false)),
            .. statements.SelectMany(s => s.Conditions)
                .SelectMany(c => c.Operands.ToArray().Select(o => o.Pattern).OfType<Pattern>().Select(p => ((string?)c.LowerCaseKey, p, c.Op.Type == ConditionType.Arn))),
        ];
    }

    /// <summary>Finds the values, by the keys that variables name.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="search">Is told when some value may be missing.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Find(IReadOnlyList<Statement> statements, ClassSearch search)
    {
        var found = new VariableValues(statements, search);
        search.Require(found.Fill());
        return found.values.ToDictionary(v => v.Key, v => (IReadOnlyList<string>)[.. v.Value], StringComparer.Ordinal);
    }

    private bool Fill()
    {
        var tied = patterns.Where(p => p.Pattern.HasVariables).ToArray();
        foreach (var part in tied.SelectMany(t => t.Pattern.Parts).Where(p => p.Kind == PatternPartKind.Variable))
        {
            var ofKey = values.TryGetValue(part.Text, out var known) ? known : values[part.Text] = new(StringComparer.Ordinal);
            if (part.Default is not null)
            {
                ofKey.Add(part.Default);
            }
        }

        var isComplete = true;
        foreach (var (place, pattern, _) in tied)
        {
            foreach (var (_, other, isArn) in patterns.Where(p => p.Key == place && p.Pattern.Text != pattern.Text))
            {
                isComplete &= (!isArn && TryCutBeginnings(pattern, other)) || IsTold(pattern, other, isArn);
                Cut(pattern, string.Concat(other.Parts.Select(p => p.Text)));
            }
        }

        for (var round = 0; round < Rounds && tied.Length > 0; round++)
        {
            foreach (var (place, pattern, _) in tied.Where(t => t.Key is not null))
            {
                foreach (var value in AllValuesOf(place!))
                {
                    Cut(pattern, value);
                }

                if (values.TryGetValue(place!, out var ofPlace) && pattern.VariableKeys.ToArray() is [var only])
                {
                    ofPlace.UnionWith(AllValuesOf(only).Select(v => string.Concat(pattern.Parts.Select(p => p.Kind switch
                    {
                        PatternPartKind.Variable => v,
                        PatternPartKind.AnyRun => string.Empty,
                        PatternPartKind.AnyOne => "x",
                        _ => p.Text,
                    }))));
                }
            }
        }

        return isComplete && values.Values.All(v => v.Count <= MaxValues);
    }

    /// <summary>
    /// Two folders, such as <c>bucket/${aws:SourceAccount}/*</c> and <c>bucket/prefix/AWSLogs/*</c>: when the value is a
    /// prefix of the other folder's path, the first contains the second; when it continues beyond, it is inside the second;
    /// otherwise they are disjoint. One value of each kind is enough, as long as the variable's key is compared with plain
    /// texts only.
    /// </summary>
    private bool TryCutBeginnings(Pattern pattern, Pattern other)
    {
        var before = Before(pattern);
        PatternPart[] rest = [.. pattern.Parts.SkipWhile(p => p.Kind == PatternPartKind.Literal)];
        if (rest is not [{ Kind: PatternPartKind.Variable } variable, { Kind: PatternPartKind.Literal } after, { Kind: PatternPartKind.AnyRun }]
            || other.Parts is not [{ Kind: PatternPartKind.Literal } path, { Kind: PatternPartKind.AnyRun }]
            || pattern.IgnoreCase
            || !statements.SelectMany(s => s.Conditions).Where(c => c.LowerCaseKey == variable.Text).All(ComparesPlainTexts))
        {
            return false;
        }

        if (!path.Text.StartsWith(before, StringComparison.Ordinal))
        {
            return true;
        }

        var inside = path.Text[before.Length..];
        var ofKey = values[variable.Text];
        ofKey.Add($"{inside}x");
        for (var end = inside.IndexOf(after.Text, StringComparison.Ordinal); end >= 0; end = inside.IndexOf(after.Text, end + 1, StringComparison.Ordinal))
        {
            if (end > 0)
            {
                ofKey.Add(inside[..end]);
            }
        }

        // The variable's text may also end within the path where what follows it only begins there.
        for (var length = 1; length < after.Text.Length; length++)
        {
            if (inside.EndsWith(after.Text[..length], StringComparison.Ordinal) && inside.Length > length)
            {
                ofKey.Add(inside[..^length]);
            }
        }

        return true;
    }

    private static bool ComparesPlainTexts(Condition condition)
        => condition.Op is { Type: ConditionType.Null } or { Type: ConditionType.Text, IgnoreCase: false, Quantifier: SetQuantifier.None }
            && condition.Operands.ToArray().All(o => o.Pattern is null or { IsLiteral: true });

    /// <summary>
    /// Whether the values found cover all relations of two patterns: the patterns never overlap, or one contains the other
    /// for every value of the variable, or the value can be extracted from the text where they overlap.
    /// </summary>
    private bool IsTold(Pattern pattern, Pattern other, bool isArn)
    {
        var form = FormOf(pattern);
        if (!ValueForm.Overlap(Pattern.Compile(form, wildcards: true, variables: false, pattern.IgnoreCase), Pattern.Compile(FormOf(other), wildcards: true, variables: false, other.IgnoreCase)))
        {
            return true;
        }

        var before = Before(pattern);
        var isAligned = pattern.Parts.SkipWhile(p => p.Kind == PatternPartKind.Literal).First().Kind == PatternPartKind.Variable && pattern.VariableKeys.Count() == 1;
        if (other.HasVariables)
        {
            return isAligned && Before(other) == before && other.VariableKeys.SequenceEqual(pattern.VariableKeys);
        }

        // Where the other pattern is plain as far as the variable reaches, the text there is the value that counts: true of
        // keys whose values never hold what ends a folder or a part.
        if (isAligned && HoldsNoDelimiter(pattern.VariableKeys.First()) && After(pattern) is [('/' or ':') and var end, ..] && Before(other) is var head && head.StartsWith(before, StringComparison.Ordinal) && head.IndexOf(end, before.Length) > before.Length)
        {
            return true;
        }

        if ((isAligned && other.IsLiteral) || (isArn ? TextAtom.OfArn(other) : TextAtom.Of(other)) is not { } atom)
        {
            return true;
        }

        var apart = search.Apart();
        var classes = TextClasses.Find([atom], TextAtom.Glob(form, pattern.IgnoreCase), apart);
        return apart.IsComplete && classes is [var all] && (isArn ? new ArnPattern(other).IsMatch(all) : other.IsMatch(all));
    }

    private static string FormOf(Pattern pattern) => string.Concat(pattern.Parts.Select(p => p.Kind == PatternPartKind.Variable ? "*" : p.Text));

    private static string Before(Pattern pattern) => string.Concat(pattern.Parts.TakeWhile(p => p.Kind == PatternPartKind.Literal).Select(p => p.Text));

    // Account and organization ids, and the names of users.
    private static bool HoldsNoDelimiter(string lowerCaseKey) => lowerCaseKey
        is "aws:sourceaccount" or "aws:principalaccount" or "aws:resourceaccount" or "aws:sourceorgid" or "aws:principalorgid" or "aws:username";

    // The plain text behind the first variable.
    private static string After(Pattern pattern)
        => string.Concat(pattern.Parts.SkipWhile(p => p.Kind == PatternPartKind.Literal).Skip(1).TakeWhile(p => p.Kind == PatternPartKind.Literal).Select(p => p.Text));

    /// <summary>Extracts the value of the first variable from a text.</summary>
    private void Cut(Pattern pattern, string text)
    {
        var before = Before(pattern);
        if (!text.StartsWith(before, pattern.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            return;
        }

        var ofKey = values[pattern.VariableKeys.First()];
        var rest = text[before.Length..];
        var after = After(pattern);
        foreach (var end in new[] { rest.AsSpan().IndexOfAny("/:*?$"), after.Length == 0 ? rest.Length : rest.IndexOf(after, StringComparison.Ordinal) })
        {
            if (end > 0 && ofKey.Count <= MaxValues)
            {
                ofKey.Add(rest[..end]);
                if (after is [('/' or ':') and var delimiter, ..])
                {
                    // A value may reach beyond the end of the part.
                    ofKey.Add($"{rest[..end]}{delimiter}x");
                }
            }
        }
    }

    private IEnumerable<string> AllValuesOf(string key) => [.. OwnValuesOf(key).Union(values.GetValueOrDefault(key, []))];

    /// <summary>The values that a key takes by conditions without variables, or by the principals.</summary>
    private string[] OwnValuesOf(string key)
    {
        if (ownValues.TryGetValue(key, out var known))
        {
            return known;
        }

        // What is missing here is missing in the whole search, too, which finds it by itself.
        var ignored = search.Apart();
        var found = PrincipalClasses.IsDerived(key)
            ? PrincipalClasses.Find(statements, new Dictionary<string, IReadOnlyList<string>> { [key] = [] }, [RequestContext.Empty], ignored).SelectMany(w => w.Keys).Where(k => k.Key == key).Select(k => k.Value)
            : KeyClasses.Find([.. statements.SelectMany(s => s.Conditions).Where(c => c.LowerCaseKey == key)], [RequestContext.Empty], [], ignored);
        return ownValues[key] = [.. found.SelectMany(v => v.Values).Where(v => v.Length > 0).Distinct()];
    }
}
