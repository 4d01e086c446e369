namespace LogDelivery.Sandbox.Http;

/// <summary>What was sent is not HTTP that the sandbox understands. The message is the answer's body.</summary>
internal sealed class BadRequestException(string message, int status = 400) : Exception(message)
{
    public int Status { get; } = status;
}
