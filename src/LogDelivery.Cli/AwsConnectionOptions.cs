using System.CommandLine;
using LogDelivery.Aws;

namespace LogDelivery.Cli;

/// <summary>The options that say how to reach AWS in one Region.</summary>
internal sealed class AwsConnectionOptions
{
    private readonly Option<string?> region = new("--region") { HelpName = "R", Description = "The Region; the default Region when absent." };
    private readonly Option<string?> profile = new("--profile") { HelpName = "P", Description = "A profile of the AWS configuration." };
    private readonly Option<string?> endpoint = new("--endpoint-url") { HelpName = "U", Description = "A URL in place of every service's endpoint, such as a sandbox's." };

    public void AddTo(Command command)
    {
        command.Options.Add(region);
        command.Options.Add(profile);
        command.Options.Add(endpoint);
    }

    public AwsOptions Read(ParseResult result) => new()
    {
        Region = result.GetValue(region),
        ProfileName = result.GetValue(profile),
        EndpointUrl = result.GetValue(endpoint),
    };
}
