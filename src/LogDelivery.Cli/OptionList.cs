using System.CommandLine;

namespace LogDelivery.Cli;

/// <summary>Adds options to a command.</summary>
internal static class OptionList
{
    public static void Add(this Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }
}
