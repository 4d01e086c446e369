namespace LogDelivery.Policies;

internal enum PatternPartKind
{
    /// <summary>Literal characters.</summary>
    Literal,

    /// <summary><c>?</c>: any one character.</summary>
    AnyOne,

    /// <summary><c>*</c>: any run of characters, also none.</summary>
    AnyRun,

    /// <summary><c>${key}</c> or <c>${key, 'default'}</c>: the value of a context key.</summary>
    Variable,
}

/// <summary>A piece of a pattern. For a variable, the text is the lower-case key, and the name the key as spelled.</summary>
internal readonly record struct PatternPart(PatternPartKind Kind, string Text, string? Default = null, string? Name = null)
{
    /// <summary>Splits a policy's text into parts.</summary>
    /// <param name="text">The text as the policy has it.</param>
    /// <param name="wildcards">Whether <c>*</c> and <c>?</c> are wildcards; otherwise they are literal.</param>
    /// <param name="variables">Whether <c>${...}</c> is a variable; not so in language version 2008-10-17.</param>
    /// <remarks>
    /// <c>${*}</c>, <c>${?}</c> and <c>${$}</c> are the characters themselves. Source: IAM user guide,
    /// reference_policies_variables.
    /// </remarks>
    public static List<PatternPart> Cut(string text, bool wildcards, bool variables)
    {
        var parts = new List<PatternPart>();
        var literal = new System.Text.StringBuilder();
        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new(PatternPartKind.Literal, literal.ToString()));
                literal.Clear();
            }
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (wildcards && c is '*' or '?')
            {
                Flush();
                // Two runs in a row match what one does.
                if (c == '?' || parts.Count == 0 || parts[^1].Kind != PatternPartKind.AnyRun)
                {
                    parts.Add(new(c == '*' ? PatternPartKind.AnyRun : PatternPartKind.AnyOne, c.ToString()));
                }

                continue;
            }

            if (variables && c == '$' && TryCutVariable(text, i, out var variable, out var end))
            {
                if (variable.Kind == PatternPartKind.Literal)
                {
                    literal.Append(variable.Text);
                }
                else
                {
                    Flush();
                    parts.Add(variable);
                }

                i = end;
                continue;
            }

            literal.Append(c);
        }

        Flush();
        return parts;
    }

    private static bool TryCutVariable(string text, int start, out PatternPart variable, out int end)
    {
        variable = default;
        end = -1;
        if (start + 1 >= text.Length || text[start + 1] != '{')
        {
            return false;
        }

        end = text.IndexOf('}', start);
        if (end < 0)
        {
            return false;
        }

        var inner = text[(start + 2)..end].Trim();
        if (inner is "*" or "?" or "$")
        {
            variable = new(PatternPartKind.Literal, inner);
            return true;
        }

        string? fallback = null;
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0)
        {
            var quoted = inner[(comma + 1)..].Trim();
            if (quoted.Length >= 2 && quoted[0] == '\'' && quoted[^1] == '\'')
            {
                fallback = quoted[1..^1];
                inner = inner[..comma].Trim();
            }
        }

        variable = new(PatternPartKind.Variable, inner.ToLowerInvariant(), fallback, inner);
        return true;
    }
}
