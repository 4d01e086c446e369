namespace LogDelivery.Aws.Tests.Credentials;

/// <summary>Credentials of another SDK: the same members, another type.</summary>
public sealed class ForeignKeys(string accessKey, string secretKey, string? token)
{
    public int Asked { get; private set; }

    public ForeignImmutable GetCredentials()
    {
        Asked++;
        return new(accessKey, $"{secretKey}", token);
    }
}

/// <summary>The keys themselves.</summary>
public sealed record ForeignImmutable(string AccessKey, string SecretKey, string? Token);

/// <summary>Credentials that can be asked without waiting only, and change each time.</summary>
public sealed class RenewedForeignKeys
{
    private int asked;

    public async Task<ForeignImmutable> GetCredentialsAsync()
    {
        await Task.Yield();
        return new($"ASIA{++asked}", "s", $"token-{asked}");
    }
}

/// <summary>Credentials whose owner cannot give them any more.</summary>
public sealed class ExpiredForeignKeys
{
    private readonly string remedy = "run Invoke-AWSSSOLogin";

    public ForeignImmutable GetCredentials() => throw new InvalidOperationException($"The SSO session has expired; {remedy}.");
}
