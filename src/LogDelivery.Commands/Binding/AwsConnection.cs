using System.Collections.Concurrent;
using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Gateways;

namespace LogDelivery.Commands;

/// <summary>
/// What a cmdlet needs to ask AWS: sessions by its parameters, a pipeline thread that waits, and errors as PowerShell has
/// them. A cmdlet that is no <see cref="AwsCommand"/> for other reasons has one of these.
/// </summary>
internal sealed class AwsConnection(LogDeliveryCommand command, IAwsParameters parameters) : IDisposable
{
    private const int WaitActivity = 1;

    private readonly Dictionary<AwsOptions, AwsSession> sessions = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<AwsSession>>> roles = new(StringComparer.Ordinal);

    /// <summary>Where the pipeline thread waits.</summary>
    public PipelinePump Pump { get; } = new();

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
    }

    /// <summary>How to reach AWS, by the parameters as they are bound now.</summary>
    public AwsOptions OptionsFor(string? region) => new()
    {
        AccessKey = LogDeliveryCommand.OrNull(parameters.AccessKey),
        SecretKey = LogDeliveryCommand.OrNull(parameters.SecretKey),
        SessionToken = LogDeliveryCommand.OrNull(parameters.SessionToken),
        ProfileName = LogDeliveryCommand.OrNull(parameters.ProfileName),
        ProfileLocation = LogDeliveryCommand.OrNull(parameters.ProfileLocation),
        Credential = parameters.Credential,
        StoredCredential = command.SessionState.PSVariable.GetValue("StoredAWSCredentials"),
        Region = LogDeliveryCommand.OrNull(region),
        StoredRegion = LogDeliveryCommand.OrNull(command.SessionState.PSVariable.GetValue("StoredAWSRegion")?.ToString()),
        EndpointUrl = LogDeliveryCommand.OrNull(parameters.EndpointUrl),
        CallTimeout = parameters.CallTimeout,
        ProfileFromShell = ProfileFromShell,
        Trace = Trace,
        OnRetry = TellRetry,
    };

    /// <summary>Opens a session, once for each set of options. That it cannot be opened ends the cmdlet.</summary>
    public AwsSession Open(AwsOptions options)
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
            command.ThrowTerminatingError(RecordOf(exception, null, null));
            throw;
        }

        command.WriteVerbose($"Region {session.Region}: {session.RegionSource}. Credentials: {session.CredentialSource}.");
        return sessions[options] = session;
    }

    /// <summary>Opens a session in a role, once for each role.</summary>
    public async Task<IAwsGateways> OpenRoleAsync(AwsSession session, string roleArn, CancellationToken cancellationToken)
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
    public void Report(AwsCallException error, object? target, string? account)
        => command.WriteError(RecordOf(error, target, account));

    private static ErrorRecord RecordOf(AwsCallException error, object? target, string? account)
        => new(error, AwsFailure.IdOf(error), AwsFailure.CategoryOf(error), target)
        {
            ErrorDetails = new(VisibleText.Of(string.IsNullOrEmpty(account) ? error.Message : $"{account}: {error.Message}")) { RecommendedAction = AwsFailure.ActionOf(error) },
        };

    // A shell that seems to hang says why. Its progress goes when the command ends.
    private void TellRetry(string text) => Pump.Post(() =>
    {
        command.WriteVerbose(text);
        command.WriteProgress(new(WaitActivity, "Waiting for AWS", text));
    });

    private void Trace(string call) => Pump.Post(() => command.WriteVerbose(call));

    // AWS.Tools can log in where this module cannot. It is asked only if it is loaded: a name with a wildcard loads nothing.
    private PSObject? ProfileFromShell(string name, string? location) => Pump.Invoke(() =>
    {
        if (!command.InvokeCommand.GetCommands("Get-AWSCredentia[l]", CommandTypes.Cmdlet | CommandTypes.Function, nameIsPattern: true).Any())
        {
            return null;
        }

        var script = ScriptBlock.Create(
            "param($name, $location) $with = @{ ProfileName = $name }; if ($location) { $with.ProfileLocation = $location }; Get-AWSCredential @with");
        try
        {
            return command.InvokeCommand.InvokeScript(true, script, null, name, location).FirstOrDefault();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw new AwsCallException(AwsErrorKind.Authentication, "ProfileUnusable", $"AWS.Tools does not give the credentials of the profile '{name}': {exception.Message}", exception);
        }
    });
}
