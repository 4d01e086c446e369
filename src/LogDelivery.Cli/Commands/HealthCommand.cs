using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Requests;
using LogDelivery.Trails;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery health</c>: do the trails deliver, and if not, why?</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var trails = new Option<string[]>("--trail") { HelpName = "ARN", Description = "Trails by ARN or name; all of the Regions when absent. An ARN is looked at in its own Region unless Regions are given.", AllowMultipleArgumentsPerToken = true };
        var regions = new Option<string[]>("--region") { HelpName = "R", Description = "Regions; the default Region when absent.", AllowMultipleArgumentsPerToken = true };
        var allRegions = new Option<bool>("--all-regions") { Description = "Every Region that the account has switched on." };
        var connection = new AwsConnectionOptions();
        var role = new Option<string[]>("--role-arn") { HelpName = "ARN", Description = "Roles of other accounts to assume and look with.", AllowMultipleArgumentsPerToken = true };
        var accounts = new Option<string[]>("--account-id") { HelpName = "ID", Description = "Accounts to look at, with the role of --role-name.", AllowMultipleArgumentsPerToken = true };
        var roleName = new Option<string?>("--role-name") { HelpName = "NAME", Description = "The name of the role to assume in each account of --account-id." };
        var detailed = new Option<bool>("--detailed") { Description = "Look for what endangers healthy trails, too." };
        var output = CommonOptions.Output();
        var command = new Command("health", "Say whether trails really deliver, and which statement, key or setting stops those that do not.")
        {
            trails, regions, allRegions, role, accounts, roleName, detailed, output,
        };
        command.Add(connection.All);
        command.SetStoppableAction(async (result, cancel) =>
        {
            var request = new HealthRequest
            {
                Trails = result.GetValue(trails) is { Length: > 0 } named ? named : null,
                Regions = result.GetValue(regions) ?? [],
                AllRegions = result.GetValue(allRegions),
                RoleArns = result.GetValue(role) ?? [],
                AccountIds = result.GetValue(accounts) ?? [],
                RoleName = result.GetValue(roleName),
            };
            var report = new HealthReport(result.GetValue(output), result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen());
            return await RunAsync(request, r => connection.Read(result, r), new() { Detailed = result.GetValue(detailed) }, report, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(HealthRequest request, Func<string?, AwsOptions> optionsFor, TrailHealthOptions options, HealthReport report, CancellationToken cancel)
    {
        if (request.Problem is { } problem)
        {
            throw new UserException(problem.ToString());
        }

        var wanted = RequestReport.Rest(request.Resolve());
        report.Tell(wanted.Problems);
        var sessions = new List<AwsSession>();
        try
        {
            var scopes = new List<TrailScope>();
            foreach (var group in wanted.Items)
            {
                var session = await AwsSession.OpenAsync(optionsFor(group.SessionRegion), cancel).ConfigureAwait(false);
                sessions.Add(session);
                scopes.AddRange(request.ScopesOf(group, session, session.Region, async (role, c) => await session.AssumeRoleAsync(role, cancellationToken: c).ConfigureAwait(false)));
            }

            await foreach (var result in new TrailFanOut(options).RunAsync(scopes, cancel).ConfigureAwait(false))
            {
                report.Add(result);
            }

            return report.Finish();
        }
        finally
        {
            sessions.ForEach(s => s.Dispose());
        }
    }

    /// <summary>Prints results as they come and remembers the worst.</summary>
    private sealed class HealthReport(OutputFormat format, Screen output, Screen error)
    {
        private readonly TerminalStyle style = output.Style;
        private readonly Conclusion conclusion = new();
        private int trails;

        public void Tell(IEnumerable<RequestProblem> problems) => RequestReport.Tell(problems, conclusion, error);

        public void Add(TrailResult result)
        {
            if (result.Error is { } problem)
            {
                conclusion.Add(problem);
                error.WriteLine($"{(result.Account.Length > 0 ? result.Account : "this account")}{(result.Region is null ? string.Empty : $", {result.Region}")}: {problem.Message}");
                return;
            }

            var health = result.Health!;
            trails++;
            conclusion.Add(Outcomes.Of(health));
            if (format == OutputFormat.Json)
            {
                output.WriteLine(JsonLine.From(health));
                return;
            }

            Write(health);
        }

        public int Finish()
        {
            if (conclusion.IsEmpty)
            {
                error.WriteLine(HealthRequest.NoTrail);
            }

            if (format == OutputFormat.Table)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trails} looked at: {conclusion[Outcome.Wrong]} not delivering, {conclusion[Outcome.CouldNotTell]} that cannot be told."));
            }

            return ExitCode.Of(conclusion.Outcome);
        }

        private void Write(TrailDeliveryHealth health)
        {
            var state = health.State.ToString();
            output.WriteLine($"{(health.StateValue == TrailDeliveryState.Healthy ? style.Good(state) : style.Bad(state))} {style.Heading(health.Name)} in {health.Region} to {health.BucketName}");
            output.WriteLine($"  {health.Explanation}");
            foreach (var finding in health.Cause)
            {
                output.WriteLine($"  {style.Severity(finding.SeverityValue)} {finding.Id} {finding.Evidence}");
                output.WriteLine($"    {style.Dim("Remedy:")} {finding.Remedy}");
            }

            output.WriteLine();
        }
    }
}
