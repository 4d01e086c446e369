using LogDelivery.Sandbox;
using LogDelivery.Sandbox.Control;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A scenario, as a file or a request brings it.</summary>
internal sealed class ScenarioTarget : IFuzzTarget
{
    public string Name => "Scenario";

    public int Share => 3;

    public IEnumerable<byte[]> Seeds
        => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples", "scenarios"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    public bool IsDocumented(Exception exception) => exception is ScenarioException;

    public void Run(byte[] input, Screen screen)
    {
        try
        {
            var host = new SandboxHost(new SandboxOptions { Scenario = Parts.Text(input), StartTime = DateTimeOffset.UnixEpoch.AddYears(56) });
            screen.ShowLines(StateReport.Of(host.State).ToJsonString());
        }
        catch (ScenarioException exception)
        {
            screen.Show(exception.Message);
        }
    }
}
