using System.CommandLine;
using LogDelivery.Aws;

namespace LogDelivery.Cli;

/// <summary>The options that say how to reach AWS.</summary>
/// <param name="when">Begins each description, where the options matter only sometimes.</param>
internal sealed class AwsConnectionOptions(string when = "")
{
    private readonly Option<string?> profile = new("--profile") { HelpName = "P", Description = $"{when}A profile of the AWS configuration." };
    private readonly Option<string?> endpoint = new("--endpoint-url") { HelpName = "U", Description = $"{when}A URL in place of every service's endpoint, such as a sandbox's." };

    public IEnumerable<Option> All => [profile, endpoint];

    /// <summary>The option of a command that asks one Region.</summary>
    public static Option<string?> Region(string description = "The Region; the default Region when absent.") => new("--region") { HelpName = "R", Description = description };

    /// <summary>How to reach a Region; the default one when <see langword="null"/>.</summary>
    public AwsOptions Read(ParseResult result, string? region) => new() { ProfileName = result.GetValue(profile), EndpointUrl = result.GetValue(endpoint), Region = region };
}
