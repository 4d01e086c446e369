using System.Text;

namespace LogDelivery.Policies;

/// <summary>
/// A resource policy: parsed, checked and compiled for evaluation. Immutable and safe to use from several threads.
/// </summary>
public sealed class PolicyDocument
{
    /// <summary>The size limit of a bucket policy in bytes. Source: VPC user guide, flow-logs-troubleshooting; S3 quotas.</summary>
    public const int MaxBucketPolicyBytes = 20_480;

    /// <summary>The size limit of a key policy in bytes. Source: KMS developer guide, resource-limits.</summary>
    public const int MaxKeyPolicyBytes = 32_768;

    private readonly Statement[] statements;
    private readonly byte[] utf8;

    internal PolicyDocument(
        byte[] utf8,
        PolicyKind kind,
        PolicyLanguageVersion version,
        string? id,
        Statement[] statements,
        JsonRange statementRange,
        bool statementIsArray,
        IReadOnlyList<PolicyProblem> warnings)
    {
        this.utf8 = utf8;
        Kind = kind;
        Version = version;
        Id = id;
        this.statements = statements;
        StatementRange = statementRange;
        StatementIsArray = statementIsArray;
        Warnings = warnings;
    }

    /// <summary>The kind of resource or identity that the policy is attached to.</summary>
    public PolicyKind Kind { get; }

    /// <summary>The language version.</summary>
    public PolicyLanguageVersion Version { get; }

    /// <summary>The document's id, or <see langword="null"/>.</summary>
    public string? Id { get; }

    /// <summary>The statements in the order of the document.</summary>
    public IReadOnlyList<Statement> Statements => statements;

    /// <summary>Problems that AWS accepts but that are probably mistakes.</summary>
    public IReadOnlyList<PolicyProblem> Warnings { get; }

    /// <summary>The document's text, exactly as it was read.</summary>
    public string Text => Encoding.UTF8.GetString(utf8);

    /// <summary>The size of the text in bytes of UTF-8.</summary>
    public int SizeInBytes => utf8.Length;

    /// <summary>The position of the value of <c>Statement</c>.</summary>
    internal JsonRange StatementRange { get; }

    internal bool StatementIsArray { get; }

    internal ReadOnlySpan<byte> Utf8 => utf8;

    internal ReadOnlySpan<Statement> StatementSpan => statements;

    /// <summary>A policy without statements, equivalent to no policy at all.</summary>
    /// <param name="kind">The kind of resource or identity that it would be attached to.</param>
    public static PolicyDocument Empty(PolicyKind kind = PolicyKind.Bucket)
        => Parse("""{"Version":"2012-10-17","Statement":[]}""", kind);

    /// <summary>Reads a policy.</summary>
    /// <param name="json">The document.</param>
    /// <param name="kind">The kind of resource or identity that it is attached to.</param>
    /// <exception cref="PolicyFormatException">AWS would refuse the document; every problem is listed with its place.</exception>
    public static PolicyDocument Parse(string json, PolicyKind kind = PolicyKind.Any)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TryParse(json, kind, out var document, out var problems) ? document! : throw new PolicyFormatException(problems);
    }

    /// <summary>Reads a policy from bytes, which must be UTF-8 without a byte order mark.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="kind">The kind of resource or identity that it is attached to.</param>
    /// <exception cref="PolicyFormatException">AWS would refuse the document; every problem is listed with its place.</exception>
    public static PolicyDocument Parse(ReadOnlySpan<byte> utf8, PolicyKind kind = PolicyKind.Any)
    {
        var parser = new PolicyParser(utf8.ToArray(), kind);
        return parser.Parse() ?? throw new PolicyFormatException(parser.Problems);
    }

    /// <summary>Parses a policy, or lists its problems.</summary>
    /// <param name="json">The document.</param>
    /// <param name="kind">The kind of resource or identity that it is attached to.</param>
    /// <param name="document">The policy; <see langword="null"/> when it is refused.</param>
    /// <param name="problems">Errors and warnings in the order of the document.</param>
    public static bool TryParse(string json, PolicyKind kind, out PolicyDocument? document, out IReadOnlyList<PolicyProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(json);
        byte[] utf8;
        try
        {
            utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json);
        }
        catch (EncoderFallbackException exception)
        {
            document = null;
            problems =
            [
                new PolicyProblem(
                    PolicyProblemSeverity.Error,
                    $"Character {exception.Index + 1} is half of a surrogate pair: the text is not valid Unicode.",
                    string.Empty,
                    0,
                    0),
            ];
            return false;
        }

        var parser = new PolicyParser(utf8, kind);
        document = parser.Parse();
        problems = parser.Problems;
        return document is not null;
    }

    /// <summary>
    /// Decides a request. Does not allocate, unless there are policy variables, values of which only the form is known,
    /// IPv6 addresses or binary values to compare.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <remarks>
    /// A matching Deny wins, then a matching Allow; otherwise the request is implicitly denied. When a Deny or the only
    /// Allow depends on something unknown, the verdict is unknown. Source: IAM user guide,
    /// reference_policies_evaluation-logic.
    /// </remarks>
    internal Decision Evaluate(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var allow = -1;
        var maybeAllow = -1;
        var maybeDeny = -1;
        for (var i = 0; i < statements.Length; i++)
        {
            var statement = statements[i];
            var isDeny = statement.Effect == PolicyEffect.Deny;
            if (!isDeny && allow >= 0)
            {
                continue;
            }

            switch (statement.Matches(request))
            {
                case Truth.True when isDeny:
                    return new(Verdict.ExplicitDeny, i);
                case Truth.True:
                    allow = i;
                    break;
                case Truth.Unknown when isDeny:
                    maybeDeny = maybeDeny < 0 ? i : maybeDeny;
                    break;
                case Truth.Unknown:
                    maybeAllow = maybeAllow < 0 ? i : maybeAllow;
                    break;
            }
        }

        return (allow, maybeAllow, maybeDeny) switch
        {
            ( >= 0, _, < 0) => new(Verdict.Allowed, allow),
            ( >= 0, _, _) => new(Verdict.Unknown, maybeDeny),
            (_, >= 0, _) => new(Verdict.Unknown, maybeAllow),
            // Refused in any case, but it is unknown whether by a Deny or for lack of an Allow.
            (_, _, >= 0) => new(Verdict.Unknown, maybeDeny),
            _ => new(Verdict.ImplicitDeny, -1),
        };
    }

    /// <summary>Decides a request and explains the decision: the deciding statement, the near misses, the deciding keys.</summary>
    /// <param name="request">The request.</param>
    internal Explanation Explain(PolicyRequest request) => Explanation.Of(this, request);

    /// <summary>The same document as another kind, without checking it again.</summary>
    internal PolicyDocument As(PolicyKind kind)
        => new(utf8, kind, Version, Id, statements, StatementRange, StatementIsArray, Warnings);

    /// <summary>Gets the text of one statement, exactly as it is in the document.</summary>
    /// <param name="index">Zero-based index of the statement.</param>
    public string GetStatementText(int index)
    {
        var range = statements[index].Layout.Statement;
        return Encoding.UTF8.GetString(utf8.AsSpan(range.Start, range.Length));
    }
}
