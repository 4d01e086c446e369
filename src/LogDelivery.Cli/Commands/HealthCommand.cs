using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Trails;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery health</c>: do the trails deliver, and if not, why?</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var trails = new Option<string[]>("--trail") { HelpName = "ARN", Description = "Trails by ARN or name; all of the Regions when absent.", AllowMultipleArgumentsPerToken = true };
        var regions = new Option<string[]>("--region") { HelpName = "R", Description = "Regions; the default Region when absent.", AllowMultipleArgumentsPerToken = true };
        var allRegions = new Option<bool>("--all-regions") { Description = "Every Region that the account has switched on." };
        var profile = new Option<string?>("--profile") { HelpName = "P", Description = "A profile of the AWS configuration." };
        var endpoint = new Option<string?>("--endpoint-url") { HelpName = "U", Description = "A URL in place of every service's endpoint, such as a sandbox's." };
        var role = new Option<string[]>("--role-arn") { HelpName = "ARN", Description = "Roles of other accounts to look with.", AllowMultipleArgumentsPerToken = true };
        var detailed = new Option<bool>("--detailed") { Description = "Look for what endangers healthy trails, too." };
        var output = CommonOptions.Output();
        var command = new Command("health", "Say whether trails really deliver, and which statement, key or setting stops those that do not.")
        {
            trails, regions, allRegions, profile, endpoint, role, detailed, output,
        };
        command.SetAction(async (result, cancel) =>
        {
            var options = new AwsOptions
            {
                ProfileName = result.GetValue(profile),
                EndpointUrl = result.GetValue(endpoint),
                Region = result.GetValue(regions) is [var first, ..] ? first : null,
            };
            var request = new HealthRequest(
                options,
                result.GetValue(trails) ?? [],
                result.GetValue(allRegions) ? [] : result.GetValue(regions) ?? [],
                result.GetValue(allRegions),
                result.GetValue(role) ?? [],
                result.GetValue(detailed));
            return await RunAsync(request, result.GetValue(output), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(HealthRequest request, OutputFormat format, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        try
        {
            using var session = await AwsSession.OpenAsync(request.Options, cancel).ConfigureAwait(false);
            var report = new HealthReport(format, output, error);
            var fanOut = new TrailFanOut(new() { Detailed = request.Detailed });
            await foreach (var result in fanOut.RunAsync(Scopes(request, session), cancel).ConfigureAwait(false))
            {
                report.Add(result);
            }

            return report.Finish();
        }
        catch (AwsCallException exception)
        {
            error.WriteLine(exception.Message);
            return exception.Kind == AwsErrorKind.Invalid ? ExitCode.Usage : ExitCode.Unknown;
        }
    }

    private static IEnumerable<TrailScope> Scopes(HealthRequest request, AwsSession session)
    {
        IReadOnlyList<string> regions = request.AllRegions ? [] : request.Regions.Count > 0 ? request.Regions : [session.Region];
        if (request.Roles.Count == 0)
        {
            yield return new() { Account = "this account", Regions = regions, Trails = request.Trails, Open = _ => Task.FromResult<IAwsGateways>(session) };
        }

        foreach (var role in request.Roles)
        {
            yield return new()
            {
                Account = role,
                Regions = regions,
                Trails = request.Trails,
                Open = async cancel => await session.AssumeRoleAsync(role, cancellationToken: cancel).ConfigureAwait(false),
            };
        }
    }

    private sealed record HealthRequest(
        AwsOptions Options, IReadOnlyList<string> Trails, IReadOnlyList<string> Regions, bool AllRegions, IReadOnlyList<string> Roles, bool Detailed);

    /// <summary>Prints results as they come and remembers the worst.</summary>
    private sealed class HealthReport(OutputFormat format, TextWriter output, TextWriter error)
    {
        private readonly TerminalStyle style = TerminalStyle.For(output);
        private int trails;
        private int wrong;
        private int unknown;

        public void Add(TrailResult result)
        {
            if (result.Error is { } problem)
            {
                unknown++;
                error.WriteLine($"{result.Account}{(result.Region is null ? string.Empty : $", {result.Region}")}: {problem.Message}");
                return;
            }

            var health = result.Health!;
            trails++;

            // A trail that waits for its first file may be young; one that is refused need not be waited for.
            var isRefused = health.State == TrailDeliveryState.NeverDelivered && health.Cause.Any(f => f.Severity == FindingSeverity.Blocks);
            if (isRefused || health.State is TrailDeliveryState.Failing or TrailDeliveryState.Stale or TrailDeliveryState.Stopped)
            {
                wrong++;
            }
            else if (health.State != TrailDeliveryState.Healthy)
            {
                unknown++;
            }

            if (format == OutputFormat.Json)
            {
                output.WriteLine(JsonLine.From(health));
                return;
            }

            Write(health);
        }

        public int Finish()
        {
            if (format == OutputFormat.Table)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trails} looked at: {wrong} not delivering, {unknown} that cannot be told."));
            }

            return wrong > 0 ? ExitCode.Wrong : unknown > 0 ? ExitCode.Unknown : ExitCode.Ok;
        }

        private void Write(TrailDeliveryHealth health)
        {
            var state = health.State.ToString();
            output.WriteLine($"{(health.State == TrailDeliveryState.Healthy ? style.Good(state) : style.Bad(state))} {style.Heading(health.Name)} in {health.Region} to {health.BucketName}");
            output.WriteLine($"  {health.Explanation}");
            foreach (var finding in health.Cause)
            {
                output.WriteLine($"  {style.Severity(finding.Severity)} {finding.Id} {finding.Evidence}");
                output.WriteLine($"    {style.Dim("Remedy:")} {finding.Remedy}");
            }

            output.WriteLine();
        }
    }
}
