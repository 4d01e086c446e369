using System.CommandLine;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Cli;

/// <summary>The option that names delivery sources.</summary>
internal static class SourceOption
{
    public static Option<string[]> Create(string description) => new("--source")
    {
        HelpName = "SOURCE",
        Description = $"{description}, by id or pattern, such as CloudTrail or 'Vpc*'; see 'logdelivery sources'.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The sources that searches in logs are narrowed to.</summary>
    /// <exception cref="UserException">Sources were named, and none of them is one.</exception>
    public static Resolved<DeliverySource> Read(ParseResult result, Option<string[]> option) => RequestReport.Rest(SourceNames.Find(result.GetValue(option)));
}
