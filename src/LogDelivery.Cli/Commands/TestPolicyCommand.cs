using System.CommandLine;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery test-policy</c>: will the deliveries be let in, and if not, what stops them?</summary>
internal static class TestPolicyCommand
{
    public static Command Create()
    {
        var deliveries = new DeliveryOptions();
        var policy = new Option<string>("--policy") { Required = true, HelpName = "FILE|-", Description = "The bucket policy; - for standard input." };
        var keyPolicy = new Option<string?>("--key-policy") { HelpName = "FILE", Description = "The policy of the KMS key." };
        var output = CommonOptions.Output();
        var command = new Command("test-policy", "Say which calls of a delivery source a bucket policy lets in, and which statement stops the others.") { policy, keyPolicy, output };
        deliveries.AddTo(command);
        command.SetAction(result =>
        {
            var bucket = InputFile.ReadPolicy(result.GetRequiredValue(policy), PolicyKind.Bucket);
            var key = DeliveryOptions.ReadKeyPolicy(result.GetValue(keyPolicy));
            var conclusion = new Conclusion();
            var chosen = deliveries.Read(result).Resolve();
            RequestReport.Tell(chosen.Problems, conclusion, result.InvocationConfiguration.Error.AsScreen());
            if (!chosen.IsRefused)
            {
                var results = chosen.Items.Select(d => PolicyTest.Run(d, bucket, key)).ToArray();
                PolicyReport.Write(results, InputFile.PathOf(result.GetRequiredValue(policy)), result.GetValue(output), result.InvocationConfiguration.Output.AsScreen());
                PolicyReport.Conclude(results, conclusion);
            }

            return ExitCode.Of(conclusion.Outcome);
        });
        return command;
    }
}
