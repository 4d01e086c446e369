namespace LogDelivery.Fuzz.Tests;

/// <summary>A control or format character reached a screen.</summary>
/// <param name="message">Which one, and where.</param>
internal sealed class RawTextException(string message) : Exception(message);
