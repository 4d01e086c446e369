using System.CommandLine;
using LogDelivery.Alarms;
using LogDelivery.Requests;
using LogDelivery.Templates;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery export-template</c>: a set-up as a CloudFormation template.</summary>
internal static class ExportTemplateCommand
{
    public static Command Create()
    {
        var preset = new Option<string>("--preset") { Required = true, HelpName = "PRESET", Description = $"The set-up: {string.Join(", ", TemplatePresets.All)}." };
        var bucket = new Option<string?>("--bucket") { HelpName = "NAME", Description = "The bucket that is watched, as the parameter's default." };
        var trail = new Option<string?>("--trail-arn") { HelpName = "ARN", Description = "TrailDeliveryError: the trail that is watched, as the parameter's default." };
        var email = new Option<string?>("--email") { HelpName = "ADDRESS", Description = "The address that is told, as the parameter's default." };
        var largerThan = new Option<long?>("--larger-than") { HelpName = "BYTES", Description = "LargeDownload: how many bytes are not yet too many, as the parameter's default." };
        var endpoints = new Option<string[]>("--vpc-endpoint") { HelpName = "vpce-ID", Description = "OutsideVpcEndpoint: the endpoints that may be used; any of them when absent.", AllowMultipleArgumentsPerToken = true };
        var outFile = new Option<string?>("--out") { HelpName = "FILE", Description = "Where to write the template; standard output when absent or -." };
        var command = new Command("export-template", "Write a set-up as a CloudFormation template: trail, bucket policy, log group, metric filter, alarm, topic.")
        {
            preset, bucket, trail, email, largerThan, endpoints, outFile,
        };
        command.SetAction(result =>
        {
            var found = RequestReport.Whole(PresetNames.FindTemplate(result.GetRequiredValue(preset)))[0];
            try
            {
                var template = found.Create(new()
                {
                    Values = new()
                    {
                        BucketName = RequestText.OrNull(result.GetValue(bucket)),
                        LargerThan = result.GetValue(largerThan) ?? new PresetValues().LargerThan,
                        VpcEndpointIds = RequestText.OrEmpty(result.GetValue(endpoints)),
                    },
                    TrailArn = RequestText.OrNull(result.GetValue(trail)),
                    Email = RequestText.OrNull(result.GetValue(email)),
                });
                Write(template.ToYaml(), result.GetValue(outFile), result.InvocationConfiguration.Output.AsScreen());
                return ExitCode.Ok;
            }
            catch (InvalidAlarmException exception)
            {
                throw new UserException(exception.Message);
            }
        });
        return command;
    }

    private static void Write(string text, string? path, Screen output)
    {
        if (path is null or "-")
        {
            output.WriteDocument(text);
            return;
        }

        try
        {
            File.WriteAllText(InputFile.Named(path), text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path}: {exception.Message}");
        }
    }
}
