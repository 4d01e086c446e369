using System.Text.RegularExpressions;
using LogDelivery.Sandbox;
using LogDelivery.Sandbox.Control;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A scenario, as a file or a request brings it.</summary>
internal sealed partial class ScenarioTarget : IFuzzTarget
{
    public string Name => "Scenario";

    public int Share => 3;

    public IEnumerable<byte[]> Seeds
        => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples", "scenarios"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    public bool IsDocumented(Exception exception) => exception is ScenarioException;

    public void Run(byte[] input, Screen screen)
    {
        // Every five minutes of weeks are gone through, which takes seconds and is what was asked for.
        if (LongTime().IsMatch(Parts.Text(input)))
        {
            return;
        }

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

    [GeneratedRegex("\"(advance|minutesAgo)\"\\s*:\\s*[0-9.]*([0-9]{5}|[eE])")]
    private static partial Regex LongTime();
}
