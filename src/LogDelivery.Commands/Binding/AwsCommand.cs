using System.Collections.Concurrent;
using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Health;

namespace LogDelivery.Commands;

/// <summary>
/// What all cmdlets share that ask AWS: credentials and Region by the names that AWS Tools for PowerShell has for them. What is
/// not given is looked for in the same order as there.
/// </summary>
public abstract class AwsCommand : LogDeliveryCommand, IDisposable
{
    private readonly Dictionary<AwsOptions, AwsSession> sessions = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<AwsSession>>> roles = new(StringComparer.Ordinal);

    private protected AwsCommand()
    {
    }

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

    /// <summary>Where the pipeline thread waits.</summary>
    private protected PipelinePump Pump { get; } = new();

    /// <summary>Releases the connections.</summary>
    public void Dispose()
    {
        Pump.Dispose();
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }

        foreach (var role in roles.Values.Where(r => r.IsValueCreated && r.Value.IsCompletedSuccessfully))
        {
            role.Value.Result.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>How to reach AWS, by the parameters as they are bound now.</summary>
    private protected AwsOptions OptionsFor(string? region) => new()
    {
        AccessKey = OrNull(AccessKey),
        SecretKey = OrNull(SecretKey),
        SessionToken = OrNull(SessionToken),
        ProfileName = OrNull(ProfileName),
        ProfileLocation = OrNull(ProfileLocation),
        Credential = Credential,
        StoredCredential = SessionState.PSVariable.GetValue("StoredAWSCredentials"),
        Region = OrNull(region),
        StoredRegion = OrNull(SessionState.PSVariable.GetValue("StoredAWSRegion")?.ToString()),
        EndpointUrl = OrNull(EndpointUrl),
        ProfileFromShell = ProfileFromShell,
        Trace = Trace,
    };

    /// <summary>Opens a session, once for each set of options. That it cannot be opened ends the cmdlet.</summary>
    private protected AwsSession Open(AwsOptions options)
    {
        if (sessions.TryGetValue(options, out var session))
        {
            return session;
        }

        try
        {
            session = Pump.Wait(AwsSession.OpenAsync(options, Pump.Token));
        }
        catch (AwsCallException exception)
        {
            ThrowTerminatingError(RecordOf(exception, null, null));
            throw;
        }

        WriteVerbose($"Region {session.Region}: {session.RegionSource}. Credentials: {session.CredentialSource}.");
        return sessions[options] = session;
    }

    /// <summary>Opens a session in a role, once for each role.</summary>
    private protected async Task<IAwsGateways> OpenRoleAsync(AwsSession session, string roleArn, CancellationToken cancellationToken)
    {
        var key = $"{session.GetHashCode()} {roleArn}";
        var role = roles.GetOrAdd(key, _ => new(() => session.AssumeRoleAsync(roleArn, null, Pump.Token)));
        try
        {
            return await role.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            roles.TryRemove(KeyValuePair.Create(key, role));
            throw;
        }
    }

    /// <summary>Writes a failed call as an error, and goes on.</summary>
    private protected void Report(AwsCallException error, object? target, string? account)
        => WriteError(RecordOf(error, target, account));

    private static ErrorRecord RecordOf(AwsCallException error, object? target, string? account)
        => new(error, AwsFailure.IdOf(error), AwsFailure.CategoryOf(error), target)
        {
            ErrorDetails = new(string.IsNullOrEmpty(account) ? error.Message : $"{account}: {error.Message}") { RecommendedAction = AwsFailure.ActionOf(error) },
        };

    private void Trace(string call) => Pump.Post(() => WriteVerbose(call));

    // AWS.Tools can log in where this module cannot. It is asked only if it is loaded: a name with a wildcard loads nothing.
    private PSObject? ProfileFromShell(string name, string? location) => Pump.Invoke(() =>
    {
        if (!InvokeCommand.GetCommands("Get-AWSCredentia[l]", CommandTypes.Cmdlet | CommandTypes.Function, nameIsPattern: true).Any())
        {
            return null;
        }

        var script = ScriptBlock.Create(
            "param($name, $location) $with = @{ ProfileName = $name }; if ($location) { $with.ProfileLocation = $location }; Get-AWSCredential @with");
        try
        {
            return InvokeCommand.InvokeScript(true, script, null, name, location).FirstOrDefault();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw new AwsCallException(AwsErrorKind.Authentication, "ProfileUnusable", $"AWS.Tools does not give the credentials of the profile '{name}': {exception.Message}", exception);
        }
    });
}
