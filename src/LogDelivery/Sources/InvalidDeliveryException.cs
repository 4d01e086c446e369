namespace LogDelivery.Sources;

/// <summary>
/// A delivery is not what AWS takes: a name that is no name, an account that is missing. The message says what to give and
/// is fit to be shown as it is.
/// </summary>
internal sealed class InvalidDeliveryException : ArgumentException
{
    /// <summary>Makes the exception.</summary>
    public InvalidDeliveryException()
        : this("The delivery is not valid.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to give.</param>
    public InvalidDeliveryException(string message)
        : base(message)
        => Message = message;

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to give.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidDeliveryException(string message, Exception innerException)
        : base(message, innerException)
        => Message = message;

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to give.</param>
    /// <param name="parameterName">The parameter that is wrong.</param>
    public InvalidDeliveryException(string message, string parameterName)
        : base(message, parameterName)
        => Message = message;

    /// <summary>What is wrong and what to give, without the name of a parameter behind it.</summary>
    public override string Message { get; }
}
