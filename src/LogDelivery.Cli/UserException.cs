namespace LogDelivery.Cli;

/// <summary>Something the user can mend: printed as one message without a stack trace, exit code 2.</summary>
internal sealed class UserException(string message) : Exception(message);
