using System.Management.Automation;
using System.Net.Sockets;
using LogDelivery.Files;
using LogDelivery.Sandbox;

namespace LogDelivery.Commands;

/// <summary><c>Start-LogDeliverySandbox</c>: an AWS endpoint in this shell.</summary>
[Cmdlet(VerbsLifecycle.Start, "LogDeliverySandbox")]
[OutputType(typeof(LogDeliverySandbox))]
public sealed class StartLogDeliverySandboxCommand : LogDeliveryCommand
{
    /// <summary>The file of the scenario to begin with; an empty account when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "Path")]
    [ValidateNotNullOrEmpty]
    public string? Scenario { get; set; }

    /// <summary>The port on the loopback address; a free one when not given.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string? path = null;
        try
        {
            path = Scenario is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(Scenario);
            var options = new SandboxOptions { Port = Port, Scenario = path is null ? null : BoundedFile.ReadText(path, FileLimit.Scenario) };
            WriteObject(new LogDeliverySandbox(SandboxServer.Start(options), path));
        }
        catch (ScenarioException exception)
        {
            Report("InvalidScenario", ErrorCategory.InvalidData, Scenario, $"{Scenario}: {exception.Message}", "Write it like the files of samples/scenarios.", exception);
        }
        catch (SocketException exception)
        {
            Report("PortTaken", ErrorCategory.ResourceUnavailable, Port, $"Nothing can listen on port {Port}: {exception.Message}", "Give another port, or none to get a free one.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            Report("FileNotFound", ErrorCategory.ObjectNotFound, Scenario, $"There is no file '{path}'.", "Give the path of a scenario.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileRefusedException)
        {
            Report("FileNotReadable", ErrorCategory.ReadError, Scenario, exception.Message, "Give a file that can be read.", exception);
        }
    }
}
