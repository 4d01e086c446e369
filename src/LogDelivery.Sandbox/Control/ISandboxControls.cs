using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>The operations of the control interface on a sandbox. The caller holds the host's lock.</summary>
internal interface ISandboxControls
{
    SandboxState State { get; }

    ScenarioLoader Loader { get; }

    void Advance(TimeSpan duration);

    void Reset();

    /// <summary>Resets the sandbox and loads a scenario; when loading fails, the state is unchanged.</summary>
    void LoadScenario(Scenario scenario);
}
