namespace LogDelivery.Faces.Tests;

/// <summary>Commands and cmdlets that have no twin, each with the reason.</summary>
internal static class Exceptions
{
    private const string Sandbox = "The command runs until it is stopped; the cmdlets give an object.";

    public static IReadOnlyDictionary<string, string> Commands { get; } = new Dictionary<string, string>
    {
        ["sandbox"] = Sandbox,
        ["demo"] = "It tells stories to people who have nothing but the program.",
    };

    public static IReadOnlyDictionary<string, string> Cmdlets { get; } = new Dictionary<string, string>
    {
        ["Start-LogDeliverySandbox"] = Sandbox,
        ["Stop-LogDeliverySandbox"] = Sandbox,
        ["Watch-TrailDeliveryHealth"] = "It waits; what it looks at is asked by Get-TrailDeliveryHealth.",
        ["Get-LogDeliveryAlarm"] = "The command line sets alarms up only.",
        ["Remove-LogDeliveryAlarm"] = "The command line sets alarms up only.",
        ["Repair-LogDeliveryStream"] = "The command line tests streams only.",
        ["New-LogDeliveryStreamPolicy"] = "The command line tests streams only.",
        ["Test-LogFilterPattern"] = "It explains a pattern; events are matched by Select-LogEvent.",
        ["Compare-LogFilterPattern"] = "The command line compares policies only.",
    };
}
