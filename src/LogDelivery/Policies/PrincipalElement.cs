namespace LogDelivery.Policies;

/// <summary>One entry of a <c>Principal</c> element: its type and text as the policy has them.</summary>
/// <param name="Type">The type; <see cref="PrincipalType.Anonymous"/> for the bare <c>"*"</c>.</param>
/// <param name="Text">The text: an ARN, an account id, a service principal, <c>*</c>...</param>
public readonly record struct PrincipalEntry(PrincipalType Type, string Text)
{
    internal bool IsEveryone => Text == "*" && (Type is PrincipalType.Anonymous or PrincipalType.Aws);

    /// <summary>The account id when the entry means a whole account (its id or its root ARN).</summary>
    internal string? WholeAccount
    {
        get
        {
            if (Type != PrincipalType.Aws)
            {
                return null;
            }

            return Arn.IsAccountId(Text) ? Text
                : Arn.TryParse(Text, out var arn) && arn is { Service: "iam", Resource: "root" } ? arn.AccountId
                : null;
        }
    }
}

/// <summary>
/// The <c>Principal</c> or <c>NotPrincipal</c> element of a statement. Immutable. Source: IAM user guide,
/// reference_policies_elements_principal and reference_policies_elements_notprincipal.
/// </summary>
public sealed class PrincipalElement
{
    private readonly Matcher[] matchers;

    internal PrincipalElement(bool isNegated, PrincipalEntry[] entries)
    {
        IsNegated = isNegated;
        Entries = entries;
        matchers = [.. entries.Select(e => new Matcher(e))];
    }

    /// <summary>Whether this is <c>NotPrincipal</c>.</summary>
    public bool IsNegated { get; }

    /// <summary>The entries in the order of the document.</summary>
    public IReadOnlyList<PrincipalEntry> Entries { get; }

    /// <summary>Whether the element covers a principal.</summary>
    /// <param name="principal">Who makes the request.</param>
    public bool Matches(RequestPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        foreach (var matcher in matchers)
        {
            if (matcher.Matches(principal))
            {
                return !IsNegated;
            }
        }

        return IsNegated;
    }

    /// <summary>The entries in words: <c>Service cloudtrail.amazonaws.com, AWS 111122223333</c>.</summary>
    public override string ToString() => Entries.Count == 0
        ? "(nobody)"
        : string.Join(", ", Entries.Select(e => e.Type switch
        {
            PrincipalType.Anonymous => e.Text,
            PrincipalType.Aws => $"AWS {e.Text}",
            _ => $"{e.Type} {e.Text}",
        }));

    private readonly struct Matcher
    {
        private readonly PrincipalType type;
        private readonly string text;
        private readonly bool everyone;
        private readonly string? wholeAccount;
        private readonly string? roleAccount;
        private readonly string? roleName;

        public Matcher(PrincipalEntry entry)
        {
            type = entry.Type;
            text = entry.Text;
            everyone = entry.IsEveryone;
            wholeAccount = entry.WholeAccount;
            if (type == PrincipalType.Aws
                && Arn.TryParse(text, out var arn)
                && arn.Service == "iam"
                && arn.Resource.StartsWith("role/", StringComparison.Ordinal))
            {
                // A session's ARN has the role's name, but not its path.
                roleAccount = arn.AccountId;
                roleName = arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
            }
        }

        public bool Matches(RequestPrincipal principal)
        {
            if (everyone)
            {
                return true;
            }

            if (type != principal.Type)
            {
                return false;
            }

            if (wholeAccount is not null)
            {
                return wholeAccount == principal.AccountId;
            }

            return text == principal.Id
                || (roleName is not null && roleName == principal.AssumedRoleName && roleAccount == principal.AccountId);
        }
    }
}
