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
/// The kinds of entry by which a resource's policy covers a principal, weakest first. Source: IAM user guide,
/// reference_policies_evaluation-logic, "Determining whether a request is allowed or denied within an account".
/// </summary>
internal enum PrincipalCover
{
    /// <summary>The principal is not covered.</summary>
    None,

    /// <summary>The whole account: it delegates to the policies of its identities.</summary>
    Account,

    /// <summary>The role's ARN: sessions of the role need no policy of their own, but stay within the permissions boundary.</summary>
    Role,

    /// <summary>All principals.</summary>
    Everyone,

    /// <summary>The user, the session or the service: neither a policy of its own nor a boundary has to allow it.</summary>
    Itself,
}

/// <summary>
/// The <c>Principal</c> or <c>NotPrincipal</c> element of a statement. Immutable. Source: IAM user guide,
/// reference_policies_elements_principal and reference_policies_elements_notprincipal.
/// </summary>
public sealed class PrincipalElement
{
    private readonly Matcher[] matchers;

    /// <summary>The implicit principal of an identity policy: the role or user that the policy is attached to.</summary>
    internal static readonly PrincipalElement Holder = new(false, [new(PrincipalType.Anonymous, "*")]);

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
    /// <param name="principal">The principal that makes the request.</param>
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

    /// <summary>Gets the kind of entry that covers a principal; the most specific one when several do.</summary>
    internal PrincipalCover CoverOf(RequestPrincipal principal)
    {
        if (IsNegated)
        {
            return Matches(principal) ? PrincipalCover.Everyone : PrincipalCover.None;
        }

        var cover = PrincipalCover.None;
        foreach (var matcher in matchers)
        {
            if (matcher.Matches(principal) && matcher.Cover(principal) is var one && one > cover)
            {
                cover = one;
            }
        }

        return cover;
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

        public PrincipalCover Cover(RequestPrincipal principal)
            => everyone ? PrincipalCover.Everyone
                : wholeAccount is not null && text != principal.Id ? PrincipalCover.Account
                : roleName is not null ? PrincipalCover.Role
                : PrincipalCover.Itself;

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
