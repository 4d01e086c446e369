namespace LogDelivery.Gateways;

/// <summary>Reads log groups.</summary>
internal interface ILogGroupGateway
{
    /// <summary>A log group.</summary>
    /// <param name="logGroupArn">Its ARN, with or without <c>:*</c>; it names the Region to call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<LogGroup>> FindAsync(string logGroupArn, CancellationToken cancellationToken);
}

/// <summary>A log group.</summary>
/// <param name="Arn">Its ARN without <c>:*</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="KmsKeyId">The ARN of the key that it is encrypted with, if any.</param>
internal sealed record LogGroup(string Arn, string Name, string? KmsKeyId);
