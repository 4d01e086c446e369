using System.CommandLine;

namespace LogDelivery.Cli;

internal enum OutputFormat
{
    Table,
    Json,
}

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output() => new("--output")
    {
        Description = "table for people, json for programs: one object per line.",
        HelpName = "table|json",
        DefaultValueFactory = _ => OutputFormat.Table,
    };
}
