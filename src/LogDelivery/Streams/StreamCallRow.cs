using LogDelivery.Policies;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>One call of the chain and what the policies say about it.</summary>
public sealed record StreamCallRow
{
    /// <summary>What the call is for, such as <c>data file</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Who makes it.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The action, such as <c>s3:PutObject</c>.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>The ARN that it is for.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>What the policies of this link say about it.</summary>
    public string Verdict
    {
        get => VerdictValue.ToString();
        init => VerdictValue = EnumWord.Parse<Verdict>(value);
    }

    internal Verdict VerdictValue { get; init; } = Policies.Verdict.Unknown;

    /// <summary>The policy that decides; <see langword="null"/> where none does.</summary>
    public string? Policy { get; init; }

    /// <summary>Zero-based index of the deciding statement, or -1.</summary>
    public int StatementIndex { get; init; } = -1;

    /// <summary>The Sid of the deciding statement, if it has one.</summary>
    public string? Sid { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public string Reason { get; init; } = string.Empty;
}
