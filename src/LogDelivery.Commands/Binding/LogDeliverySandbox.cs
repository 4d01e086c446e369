using LogDelivery.Sandbox;

namespace LogDelivery.Commands;

/// <summary>
/// A sandbox that runs in this shell. Its properties have the names of the parameters that reach AWS, so that it can be piped
/// to the cmdlets of this module.
/// </summary>
public sealed class LogDeliverySandbox : IDisposable
{
    private readonly SandboxServer server;

    internal LogDeliverySandbox(SandboxServer server, string? scenario)
    {
        this.server = server;
        Scenario = scenario;
    }

    /// <summary>The endpoint: for <c>-EndpointUrl</c>, or the environment variable <c>AWS_ENDPOINT_URL</c>.</summary>
    public string EndpointUrl => server.Endpoint.ToString().TrimEnd('/');

    /// <summary>The access key. It is the number of the account that it acts in; other numbers act in other accounts.</summary>
    public string AccessKey => server.Options.AccountId;

    /// <summary>The secret key. It protects nothing.</summary>
    public string SecretKey { get; } = "sandbox";

    /// <summary>What a request below <c>/_sandbox/</c> must send in the header <c>X-Sandbox-Token</c>. The methods of this object need none.</summary>
    public string ControlToken => server.ControlToken;

    /// <summary>The Region.</summary>
    public string Region => server.Options.Region;

    /// <summary>The file of the scenario that it began with, if any.</summary>
    public string? Scenario { get; }

    /// <summary>Whether it still answers.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>Simulated time. UTC.</summary>
    public DateTime Now => server.Now.UtcDateTime;

    /// <summary>Lets simulated time pass; deliveries are made meanwhile.</summary>
    /// <param name="minutes">How many minutes.</param>
    public void Advance(int minutes) => server.Advance(TimeSpan.FromMinutes(minutes));

    /// <summary>Begins anew with another scenario.</summary>
    /// <param name="json">The text of the scenario.</param>
    public void LoadScenario(string json) => server.LoadScenario(json);

    /// <summary>Sets what goes wrong on purpose.</summary>
    /// <param name="json">The faults as JSON; <c>{}</c> for none.</param>
    public void SetFaults(string json) => server.SetFaults(json);

    /// <summary>Empties everything.</summary>
    public void Reset() => server.Reset();

    /// <summary>Everything that is in it, as JSON.</summary>
    public string GetState() => server.GetState();

    /// <summary>Ends it. The same as <c>Stop-LogDeliverySandbox</c>.</summary>
    public void Dispose()
    {
        IsRunning = false;
        server.Dispose();
    }

    /// <summary>The endpoint.</summary>
    public override string ToString() => EndpointUrl;
}
