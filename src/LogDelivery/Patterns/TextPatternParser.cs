namespace LogDelivery.Patterns;

/// <summary><c>ERROR "out of memory" -Exiting</c>, <c>?ERROR ?WARN</c>, <c>%4[0-9]{2}%</c>.</summary>
internal static class TextPatternParser
{
    public static TextPattern Parse(PatternReader reader)
    {
        var terms = new List<TextTerm>();
        while (true)
        {
            reader.SkipBlanks();
            if (reader.AtEnd)
            {
                return new(terms);
            }

            terms.Add(ParseTerm(reader));
            if (!reader.AtEnd && !PatternReader.IsBlank(reader.Current))
            {
                throw reader.Error($"{reader.Found()} after a term, where a blank was expected; a term with other characters than letters, digits and _ must stand in double quotes.");
            }
        }
    }

    private static TextTerm ParseTerm(PatternReader reader)
    {
        var column = reader.Position + 1;
        var role = TextTermRole.Required;
        if (reader.Take("?"))
        {
            role = TextTermRole.Optional;
        }
        else if (reader.Take("-"))
        {
            role = TextTermRole.Excluded;

            // The user guide of 2019 to 2021 writes "ERROR" - "Exiting".
            reader.SkipBlanks();
        }

        switch (reader.Current)
        {
            case '%':
                return new(column, role, PatternRegex.Parse(reader));
            case '"':
                var quote = reader.Position;
                var phrase = QuotedText.Parse(reader);
                return role == TextTermRole.Excluded && string.IsNullOrWhiteSpace(phrase)
                    ? throw reader.Error(quote, "blanks alone match every event and cannot be excluded; text was expected between the quotes.")
                    : new(column, role, phrase);
        }

        var start = reader.Position;
        while (TextTerm.IsWordPart(reader.Current))
        {
            reader.Position++;
        }

        return reader.Position > start
            ? new(column, role, reader.Text[start..reader.Position])
            : throw reader.Expected("a term of letters, digits and _, a \"phrase in quotes\" or a %regular expression%");
    }
}
