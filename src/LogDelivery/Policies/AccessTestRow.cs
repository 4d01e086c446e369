using LogDelivery.Policies;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>One request and a policy's decision about it, as a flat row for shells and JSON.</summary>
public sealed record AccessTestRow
{
    /// <summary>The principal that makes the request, as text.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The action.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>The ARN that the request is for.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The verdict of the policy.</summary>
    public string Verdict
    {
        get => VerdictValue.ToString();
        init => VerdictValue = EnumWord.Parse<Verdict>(value);
    }

    internal Verdict VerdictValue { get; init; } = Policies.Verdict.Unknown;

    /// <summary>The zero-based index of the deciding statement; -1 when none decided.</summary>
    public int StatementIndex { get; init; } = -1;

    /// <summary>The Sid of the deciding statement, if it has one.</summary>
    public string? Sid { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The Allow statements that came closest to a match, and their misses. Empty unless the request is implicitly denied.</summary>
    public NearMiss[] NearMisses { get; init; } = [];

    /// <summary>The context keys that decide an unknown verdict. Empty otherwise.</summary>
    public string[] UnknownKeys { get; init; } = [];

    /// <summary>The file that the document was read from; <see langword="null"/> when it was given as text.</summary>
    public string? PolicyPath { get; init; }

    /// <summary>The row of one explained request.</summary>
    /// <param name="explanation">The explanation of the policy.</param>
    /// <param name="policyPath">The file that the document was read from, if any.</param>
    internal static AccessTestRow From(Explanation explanation, string? policyPath = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return new()
        {
            Principal = explanation.Request.Principal.Id,
            Action = explanation.Request.Action,
            Resource = explanation.Request.Resource,
            VerdictValue = explanation.Verdict,
            StatementIndex = explanation.Statement?.Index ?? -1,
            Sid = explanation.Statement?.Sid,
            Reason = explanation.Reason,
            NearMisses = [.. explanation.NearMisses],
            UnknownKeys = [.. explanation.UnknownKeys],
            PolicyPath = policyPath,
        };
    }

    /// <summary>The row in a line: the request and its verdict.</summary>
    public override string ToString() => VisibleText.Of($"{Principal} {Action} {Resource}: {Verdict}");
}
