using System.CommandLine;
using LogDelivery.Aws;
using LogDelivery.Gateways;

namespace LogDelivery.Cli;

/// <summary>The options that say how to reach AWS.</summary>
/// <param name="when">Begins each description, where the options matter only sometimes.</param>
internal sealed class AwsConnectionOptions(string when = "")
{
    private readonly Option<string?> profile = new("--profile") { HelpName = "P", Description = $"{when}A profile of the AWS configuration." };
    private readonly Option<string?> endpoint = new("--endpoint-url") { HelpName = "U", Description = $"{when}A URL in place of every service's endpoint, such as a sandbox's." };

    private readonly Option<double?> callTimeout = new("--call-timeout") { HelpName = "SECONDS", Description = $"{when}How long one call to AWS may take, with all its attempts; 90 seconds when absent." };
    private readonly Option<bool> verbose = new("--verbose") { Description = $"{when}Name each call to AWS, and each wait for another attempt with its reason, on standard error." };

    public IEnumerable<Option> All => [profile, endpoint, callTimeout, verbose];

    /// <summary>The option of a command that asks one Region.</summary>
    public static Option<string?> Region(string description = "The Region; the default Region when absent.") => new("--region") { HelpName = "R", Description = description };

    /// <summary>How to reach a Region; the default one when <see langword="null"/>.</summary>
    public AwsOptions Read(ParseResult result, string? region)
    {
        var tell = result.GetValue(verbose) ? Teller(result.InvocationConfiguration.Error.AsScreen()) : null;
        return new()
        {
            ProfileName = result.GetValue(profile),
            EndpointUrl = result.GetValue(endpoint),
            Region = region,
            CallTimeout = ReadCallTimeout(result),
            Trace = tell,
            OnRetry = tell,
        };
    }

    private TimeSpan ReadCallTimeout(ParseResult result)
    {
        var given = result.GetValue(callTimeout);
        if (given is not { } seconds)
        {
            return CallTimeLimit.Default;
        }

        // A number may be beyond what a time can hold.
        return Math.Abs(seconds) <= CallTimeLimit.Max.TotalSeconds && TimeSpan.FromSeconds(seconds) is var limit && CallTimeLimit.Allows(limit)
            ? limit
            : throw new UserException($"--call-timeout: {seconds} is no time: more than 0 seconds, and {CallTimeLimit.Max.TotalSeconds} (a day) at most.");
    }

    // Calls are made side by side.
    private static Action<string> Teller(Screen screen)
    {
        var gate = new object();
        return text =>
        {
            lock (gate)
            {
                screen.WriteLine(text);
            }
        };
    }
}
