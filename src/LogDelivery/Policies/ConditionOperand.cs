using System.Globalization;

namespace LogDelivery.Policies;

/// <summary>One value of a condition, compiled for its operator.</summary>
internal abstract class ConditionOperand(string text)
{
    /// <summary>The value as the policy has it.</summary>
    public string Text { get; } = text;

    /// <summary>The text's pattern, for string and ARN operators.</summary>
    public virtual Pattern? Pattern => null;

    /// <summary>Whether the pattern is matched part by part.</summary>
    protected virtual bool IsArn => false;

    /// <summary>Tests one value of the request.</summary>
    public abstract Truth Matches(string value, RequestContext context);

    /// <summary>Tests a value that is only known to be internal to AWS.</summary>
    public abstract Truth MatchesInternal();

    /// <summary>Tests a value whose form alone is known.</summary>
    public virtual Truth MatchesForm(ValueForm form, RequestContext context)
    {
        // Numbers, dates and addresses of a known form do not occur.
        if (Pattern is null)
        {
            return Truth.Unknown;
        }

        return Pattern.TryResolve(context, out var resolved) switch
        {
            Truth.True => FormComparison.Compare(form.Pattern, resolved!, IsArn),
            var other => other,
        };
    }

    /// <summary>Compiles a value, or says in <paramref name="problem"/> why it cannot be one of this operator.</summary>
    public static ConditionOperand? TryCompile(ConditionOperator op, string text, bool variables, out string? problem)
    {
        problem = null;
        switch (op.Type)
        {
            case ConditionType.Text:
                return new TextValue(Pattern.Compile(text, op.Wildcards, variables, op.IgnoreCase));
            case ConditionType.Arn:
                return new ArnOperand(Pattern.Compile(text, wildcards: true, variables));
            case ConditionType.Numeric when TryParseNumber(text, out var number):
                return new NumericOperand(text, op.Comparison, number);
            case ConditionType.Numeric:
                problem = "is not a number";
                return null;
            case ConditionType.Date when PolicyDate.TryParse(text, out var date):
                return new DateOperand(text, op.Comparison, date);
            case ConditionType.Date:
                problem = "is neither an ISO 8601 date such as 2026-01-31T00:00:00Z nor seconds since 1970";
                return null;
            case ConditionType.Bool or ConditionType.Null when TryParseFlag(text, out var flag):
                return new BoolOperand(text, flag);
            case ConditionType.Bool when variables && text.StartsWith("${", StringComparison.Ordinal):
                return new TextValue(Pattern.Compile(text, wildcards: false, variables, ignoreCase: true));
            case ConditionType.Bool or ConditionType.Null:
                problem = "is neither true nor false";
                return null;
            case ConditionType.Binary when TryParseBase64(text, out var bytes):
                return new BinaryOperand(text, bytes);
            case ConditionType.Binary:
                problem = "is not base64";
                return null;
            case ConditionType.IpAddress when IpRange.TryParse(text, out var range):
                return new IpOperand(text, range);
            default:
                problem = "is neither an IP address nor a CIDR range such as 203.0.113.0/24 or 2001:db8::/32";
                return null;
        }
    }

    // The in-box readers pass over white space, which no value of a policy has; hence the lengths and styles below.
    private static bool TryParseFlag(string text, out bool flag)
        => bool.TryParse(text, out flag) && text.Length == (flag ? bool.TrueString : bool.FalseString).Length;

    private static bool TryParseNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static bool TryParseBase64(string text, out byte[] bytes)
    {
        if (text.AsSpan().ContainsAnyExcept(Characters.Base64))
        {
            bytes = [];
            return false;
        }

        bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count))
        {
            return false;
        }

        bytes = bytes[..count];
        return true;
    }

    private static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };

    private sealed class TextValue(Pattern pattern) : ConditionOperand(pattern.Text)
    {
        private readonly Truth matchesInternal = InternalValue.Matches(pattern);

        public override Pattern Pattern => pattern;

        public override Truth Matches(string value, RequestContext context) => pattern.Match(value, context);

        public override Truth MatchesInternal() => matchesInternal;
    }

    private sealed class ArnOperand(Pattern pattern) : ConditionOperand(pattern.Text)
    {
        private readonly Truth matchesInternal = InternalValue.Matches(pattern);

        private readonly ArnPattern? compiled = pattern.HasVariables ? null : new ArnPattern(pattern);

        public override Pattern Pattern => pattern;

        protected override bool IsArn => true;

        public override Truth Matches(string value, RequestContext context)
        {
            if (compiled is not null)
            {
                return compiled.IsMatch(value).ToTruth();
            }

            return pattern.TryResolve(context, out var resolved) switch
            {
                Truth.True => new ArnPattern(resolved!).IsMatch(value).ToTruth(),
                var other => other,
            };
        }

        public override Truth MatchesInternal() => matchesInternal;
    }

    private sealed class NumericOperand(string text, Comparison comparison, double number) : ConditionOperand(text)
    {
        public override Truth Matches(string value, RequestContext context)
            => (TryParseNumber(value, out var actual) && Holds(comparison, actual.CompareTo(number))).ToTruth();

        public override Truth MatchesInternal() => Truth.Unknown;
    }

    private sealed class DateOperand(string text, Comparison comparison, DateTimeOffset date) : ConditionOperand(text)
    {
        public override Truth Matches(string value, RequestContext context)
            => (PolicyDate.TryParse(value, out var actual) && Holds(comparison, actual.CompareTo(date))).ToTruth();

        public override Truth MatchesInternal() => Truth.Unknown;
    }

    private sealed class BoolOperand(string text, bool flag) : ConditionOperand(text)
    {
        public override Truth Matches(string value, RequestContext context)
            => (TryParseFlag(value, out var actual) && actual == flag).ToTruth();

        public override Truth MatchesInternal() => Truth.Unknown;
    }

    private sealed class BinaryOperand(string text, byte[] bytes) : ConditionOperand(text)
    {
        public override Truth Matches(string value, RequestContext context)
            => (TryParseBase64(value, out var actual) && actual.AsSpan().SequenceEqual(bytes)).ToTruth();

        public override Truth MatchesInternal() => Truth.False;
    }

    private sealed class IpOperand(string text, IpRange range) : ConditionOperand(text)
    {
        public override Truth Matches(string value, RequestContext context)
            => (!value.Contains('/', StringComparison.Ordinal) && IpRange.TryParse(value, out var actual) && range.Contains(actual)).ToTruth();

        // An address of AWS's own lies in no range of a customer, but 0.0.0.0/0 and its halves may hold it.
        public override Truth MatchesInternal() => range.PrefixLength < 8 ? Truth.Unknown : Truth.False;
    }
}
