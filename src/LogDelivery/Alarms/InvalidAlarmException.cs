namespace LogDelivery.Alarms;

/// <summary>What was asked for cannot be an alarm; nobody was asked yet.</summary>
internal sealed class InvalidAlarmException : ArgumentException
{
    /// <summary>Makes the exception.</summary>
    public InvalidAlarmException()
        : this("This cannot be an alarm.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and how it is right.</param>
    public InvalidAlarmException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and how it is right.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidAlarmException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
