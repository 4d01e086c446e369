namespace LogDelivery.Fuzz.Tests;

/// <summary>A fault that waits for its repair.</summary>
/// <param name="Exception">The name of the exception's type.</param>
/// <param name="Place">Text in its stack trace, or in its message.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record KnownFault(string Exception, string Place, string Reason)
{
    public bool Is(Exception exception)
        => exception.GetType().Name == Exception && exception.ToString().Contains(Place, StringComparison.Ordinal);
}
