namespace LogDelivery.Faces.Tests;

/// <summary>
/// A question that both faces are asked. In the texts <c>{samples}</c> is the folder of the samples, <c>{folder}</c> a folder
/// of the question's own, <c>{url}</c> the sandbox's endpoint; <c>@aws</c> reaches the sandbox from a cmdlet.
/// </summary>
/// <param name="Name">The question in words.</param>
/// <param name="Command">The command, with its arguments.</param>
/// <param name="Script">The cmdlet, with its parameters.</param>
internal sealed record Question(string Name, string Command, string Script)
{
    /// <summary>The scenario of the sandbox: a file of the samples, or JSON; <see langword="null"/> where AWS is not asked.</summary>
    public string? Scenario { get; init; }

    /// <summary>What goes wrong in the sandbox on purpose.</summary>
    public string? Faults { get; init; }

    /// <summary>Whether the question changes something, so that each face needs a sandbox and a folder of its own.</summary>
    public bool Changes { get; init; }

    /// <summary>Whether no row means that all is well.</summary>
    public bool SilenceIsWell { get; init; }

    /// <summary>Whether the faces print different things, and only the outcome is compared; the reason.</summary>
    public string? RowsDiffer { get; init; }

    /// <summary>The properties that tell rows apart where the command line prints a selection of them; all common ones when empty.</summary>
    public string[] Properties { get; init; } = [];

    /// <summary>The outcome, where it is worth saying; both faces have to agree in any case.</summary>
    public Requests.Outcome? Expected { get; init; }

    public string CommandName => Command.Split(' ')[0];

    public string CmdletName => Script.Split(' ')[0];

    public override string ToString() => Name;
}
