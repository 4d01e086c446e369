namespace LogDelivery.Commands;

/// <summary>The parameters of a cmdlet that asks AWS, by the names that AWS Tools for PowerShell has for them.</summary>
internal interface IAwsParameters
{
    string? AccessKey { get; }

    string? SecretKey { get; }

    string? SessionToken { get; }

    string? ProfileName { get; }

    string? ProfileLocation { get; }

    object? Credential { get; }

    string? EndpointUrl { get; }

    TimeSpan CallTimeout { get; }
}
