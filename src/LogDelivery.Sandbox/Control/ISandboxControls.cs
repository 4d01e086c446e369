using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>The operations of the control interface on a sandbox. The caller holds the host's lock.</summary>
internal interface ISandboxControls
{
    SandboxState State { get; }

    ScenarioLoader Loader { get; }

    void Advance(TimeSpan duration);

    void Reset();

    /// <summary>Begins anew with a scenario; when it cannot be brought about, everything stays as it was.</summary>
    void LoadScenario(Scenario scenario);
}
