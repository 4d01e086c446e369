using System.Globalization;
using LogDelivery.Cli;

// What is written is read by programs too, and alike on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
StandardStreams.Prepare();
return CommandLine.Run(args, Console.Out, Console.Error);
