using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using LogDelivery.Files;
using LogDelivery.Sandbox;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery sandbox</c>: an AWS endpoint on this machine that refuses deliveries as S3 would.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The TCP port on 127.0.0.1; a free one when absent.", HelpName = "N" };
        var scenario = new Option<string?>("--scenario") { Description = "A scenario to begin with, such as samples/scenarios/renamed-trail.json; - for standard input.", HelpName = "FILE" };
        var command = new Command("sandbox", "Run an AWS endpoint on this machine that stores policies and refuses deliveries as S3 would. Ctrl+C ends it.")
        {
            port,
            scenario,
        };
        command.SetStoppableAction((result, cancel) => RunAsync(result.GetValue(port), result.GetValue(scenario), result.InvocationConfiguration.Output.AsScreen(), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int port, string? scenario, Screen output, CancellationToken cancel)
    {
        using var server = Start(port, scenario);
        var address = server.Endpoint.AbsoluteUri.TrimEnd('/');
        output.WriteLine($"The sandbox listens on {address}. Its clock says {server.Now:yyyy-MM-dd HH:mm:ss} UTC and stands still until it is told to advance.");
        output.WriteLine();
        output.WriteLine($"  export AWS_ENDPOINT_URL={address} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox AWS_REGION={server.Options.Region} AWS_DEFAULT_REGION={server.Options.Region}");
        output.WriteLine($"  $env:AWS_ENDPOINT_URL = '{address}'; $env:AWS_ACCESS_KEY_ID = $env:AWS_SECRET_ACCESS_KEY = 'sandbox'; $env:AWS_REGION = '{server.Options.Region}'");
        output.WriteLine();
        output.WriteLine("  aws cloudtrail describe-trails");
        output.WriteLine($"  export SANDBOX_TOKEN={server.ControlToken}");
        output.WriteLine($"  curl -H \"X-Sandbox-Token: $SANDBOX_TOKEN\" -d '{{\"minutes\":5}}' {address}/_sandbox/advance");
        output.WriteLine($"  curl -H \"X-Sandbox-Token: $SANDBOX_TOKEN\" {address}/_sandbox/state");
        output.WriteLine();
        output.WriteLine("An access key of twelve digits acts in the account of that number. Ctrl+C ends the sandbox; nothing is kept.");
        output.Flush();
        try
        {
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how it is meant to end.
        }

        return ExitCode.Ok;
    }

    private static SandboxServer Start(int port, string? scenario)
    {
        if (port is < 0 or > 65_535)
        {
            throw new UserException($"{port} is no TCP port: 1 to 65535, or 0 for a free one.");
        }

        try
        {
            return SandboxServer.Start(new SandboxOptions { Port = port, Scenario = scenario is null ? null : Encoding.UTF8.GetString(InputFile.ReadBytes(scenario, FileLimit.Scenario)) });
        }
        catch (ScenarioException exception)
        {
            throw new UserException($"{InputFile.Name(scenario ?? "-")}: {exception.Message}");
        }
        catch (SocketException exception)
        {
            throw new UserException($"Port {port} cannot be listened on: {exception.Message}");
        }
    }
}
