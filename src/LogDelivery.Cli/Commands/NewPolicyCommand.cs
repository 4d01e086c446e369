using System.CommandLine;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery new-policy</c>: the policy that deliveries need, and nothing more.</summary>
internal static class NewPolicyCommand
{
    public static Command Create()
    {
        var deliveries = new DeliveryOptions();
        var key = new Option<bool>("--for-key") { Description = "Write the statements for the policy of the KMS key instead of the bucket's." };
        var command = new Command("new-policy", "Write the bucket policy that delivery sources need, and nothing more.") { key };
        deliveries.AddTo(command);
        command.SetAction(result =>
        {
            var target = result.GetValue(key) ? PolicyTarget.Key : PolicyTarget.Bucket;
            var chosen = RequestReport.Whole((deliveries.Read(result) with { NeedsKey = target == PolicyTarget.Key }).Resolve());
            result.InvocationConfiguration.Output.AsScreen().WriteJsonDocument(PolicyRepair.Create(target, chosen).Text);
            return ExitCode.Ok;
        });
        return command;
    }
}
