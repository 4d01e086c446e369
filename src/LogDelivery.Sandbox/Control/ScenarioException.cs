namespace LogDelivery.Sandbox;

/// <summary>A scenario or an instruction that cannot be carried out; the message says which part and why.</summary>
internal sealed class ScenarioException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ScenarioException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The problem and the correct form.</param>
    public ScenarioException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The problem and the correct form.</param>
    /// <param name="innerException">The cause.</param>
    public ScenarioException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
