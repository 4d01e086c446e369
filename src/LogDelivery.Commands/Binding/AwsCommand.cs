using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Gateways;

namespace LogDelivery.Commands;

/// <summary>
/// What all cmdlets share that ask AWS: credentials and Region by the names that AWS Tools for PowerShell has for them. What is
/// not given is looked for in the same order as there.
/// </summary>
public abstract class AwsCommand : LogDeliveryCommand, IAwsParameters, IDisposable
{
    private readonly AwsConnection connection;

    private protected AwsCommand() => connection = new(this, this);

    /// <summary>The access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>The profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file that the profile is in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>Credentials as an object of any version of the AWS SDK.</summary>
    [Parameter]
    public object? Credential { get; set; }

    /// <summary>A URL in place of AWS's endpoints.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EndpointUrl { get; set; }

    /// <summary>How long one call to AWS may take, with all its attempts and the waits between them.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    [CallTime]
    public TimeSpan CallTimeout { get; set; } = CallTimeLimit.Default;

    /// <summary>Where the pipeline thread waits.</summary>
    private protected PipelinePump Pump => connection.Pump;

    /// <summary>Releases the connections.</summary>
    public void Dispose()
    {
        connection.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        Pump.Stop();
    }

    /// <summary>How to reach AWS, by the parameters as they are bound now.</summary>
    private protected AwsOptions OptionsFor(string? region) => connection.OptionsFor(region);

    /// <summary>Opens a session, once for each set of options. That it cannot be opened ends the cmdlet.</summary>
    private protected AwsSession Open(AwsOptions options) => connection.Open(options);

    /// <summary>Opens a session in a role, once for each role.</summary>
    private protected Task<IAwsGateways> OpenRoleAsync(AwsSession session, string roleArn, CancellationToken cancellationToken)
        => connection.OpenRoleAsync(session, roleArn, cancellationToken);

    /// <summary>Writes a failed call as an error, and goes on.</summary>
    private protected void Report(AwsCallException error, object? target, string? account) => connection.Report(error, target, account);
}
