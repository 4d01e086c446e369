using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Logs.Files;

namespace LogDelivery.Cli;

/// <summary>The logs that the command line names: files, folders, wildcards, places in S3, and - for standard input.</summary>
internal sealed class LogInput : IDisposable
{
    private readonly IReadOnlyList<string> paths;
    private readonly LogKeyRange range;
    private readonly AwsSession? session;

    private LogInput(IReadOnlyList<string> paths, LogKeyRange range, AwsSession? session)
    {
        this.paths = paths;
        this.range = range;
        this.session = session;
    }

    public void Dispose() => session?.Dispose();

    /// <summary>The files and objects, in the order of the paths.</summary>
    public IEnumerable<LogObject> Find(ReadTally tally, CancellationToken cancel)
    {
        var files = new LogFiles(tally);
        foreach (var path in paths)
        {
            if (path == "-")
            {
                tally.AddFound();
                yield return new StandardInputObject(cancellationToken: cancel);
                continue;
            }

            IEnumerable<LogObject> found = S3Url.TryParse(path, out var url) ? session!.Logs.Find(url, range, tally, cancel) : files.Find(path);
            foreach (var file in found)
            {
                yield return file;
            }
        }
    }

    /// <summary>The arguments and options that say which logs.</summary>
    /// <param name="isOptional">Whether there is another way to name what is read.</param>
    /// <param name="hasTimes">Whether a range of time can be asked for.</param>
    internal sealed class Options(bool isOptional = false, bool hasTimes = true)
    {
        private readonly Argument<string[]> paths = new("PATH")
        {
            Description = "Files, folders with all below them, wildcards, s3://bucket/prefix; - for standard input. Compression and kind are told by the content.",
            Arity = isOptional ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        };

        private readonly Option<DateTime?> after = TimeOption("--after", "Only what happened at or after this time, such as 2026-01-31T12:00:00Z; UTC where no offset is given.");
        private readonly Option<DateTime?> before = TimeOption("--before", "Only what happened before this time.");
        private readonly Option<string?> profile = new("--profile") { HelpName = "P", Description = "For s3://: a profile of the AWS configuration." };
        private readonly Option<string?> region = new("--region") { HelpName = "R", Description = "For s3://: the Region to ask first; each bucket is read in its own." };
        private readonly Option<string?> endpoint = new("--endpoint-url") { HelpName = "U", Description = "For s3://: a URL in place of the endpoint of S3, such as a sandbox's." };

        public void AddTo(Command command)
        {
            command.Arguments.Add(paths);
            foreach (var option in new Option[] { after, before }.Where(_ => hasTimes).Concat([profile, region, endpoint]))
            {
                command.Options.Add(option);
            }
        }

        public IReadOnlyList<string> Paths(ParseResult result) => result.GetValue(paths) ?? [];

        public DateTime? After(ParseResult result) => hasTimes ? result.GetValue(after) : null;

        public DateTime? Before(ParseResult result) => hasTimes ? result.GetValue(before) : null;

        /// <summary>Finds credentials where a place in S3 is named.</summary>
        /// <exception cref="UserException">A place in S3 is not well-formed.</exception>
        /// <exception cref="AwsCallException">There are no credentials, or no Region.</exception>
        public async Task<LogInput> OpenAsync(ParseResult result, CancellationToken cancel)
        {
            var named = Paths(result);
            if (named.Any(string.IsNullOrWhiteSpace))
            {
                throw new UserException("A PATH is empty. Give files, folders, wildcards or s3://bucket/prefix.");
            }

            if (named.FirstOrDefault(p => S3Url.IsOne(p) && !S3Url.TryParse(p, out _)) is { } wrong)
            {
                throw new UserException($"'{wrong}' is no place in S3. Give s3://bucket/prefix.");
            }

            var range = new LogKeyRange(After(result), Before(result));
            var aws = new AwsOptions { ProfileName = result.GetValue(profile), Region = result.GetValue(region), EndpointUrl = result.GetValue(endpoint) };
            return new(named, range, named.Any(S3Url.IsOne) ? await AwsSession.OpenAsync(aws, cancel).ConfigureAwait(false) : null);
        }

        private static Option<DateTime?> TimeOption(string name, string description) => new(name)
        {
            HelpName = "TIME",
            Description = description,
            CustomParser = result =>
            {
                if (DateTime.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
                {
                    return time;
                }

                result.AddError($"'{result.Tokens[0].Value}' is no time. Give one such as 2026-01-31T12:00:00Z.");
                return null;
            },
        };
    }
}
