using System.CommandLine;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Logs.Files;
using LogDelivery.Requests;

namespace LogDelivery.Cli;

/// <summary>The logs that the command line names: files, folders, wildcards, places in S3, and - for standard input.</summary>
internal sealed class LogInput : IDisposable
{
    private readonly LogKeyRange range;
    private readonly AwsSession? session;

    private LogInput(Resolved<LogPath> paths, LogKeyRange range, AwsSession? session)
    {
        Paths = paths;
        this.range = range;
        this.session = session;
    }

    /// <summary>The places, and what of them is none.</summary>
    public Resolved<LogPath> Paths { get; }

    public void Dispose() => session?.Dispose();

    /// <summary>The files and objects, in the order of the paths.</summary>
    public IEnumerable<LogObject> Find(ReadTally tally, CancellationToken cancel)
    {
        var files = new LogFiles(tally);
        foreach (var path in Paths.Items)
        {
            if (path.Text == "-")
            {
                tally.AddFound();
                yield return new StandardInputObject(cancellationToken: cancel);
                continue;
            }

            IEnumerable<LogObject> found = path.Url is { } url ? session!.Logs.Find(url, range, tally, cancel) : files.Find(path.Text);
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
        private readonly AwsConnectionOptions connection = new("For s3://: ");
        private readonly Option<string?> region = AwsConnectionOptions.Region("For s3://: the Region to ask first; each bucket is read in its own.");

        public void AddTo(Command command)
        {
            command.Arguments.Add(paths);
            command.Add([.. hasTimes ? (Option[])[after, before] : [], region, .. connection.All]);
        }

        public IReadOnlyList<string> Paths(ParseResult result) => result.GetValue(paths) ?? [];

        public DateTime? After(ParseResult result) => hasTimes ? result.GetValue(after) : null;

        public DateTime? Before(ParseResult result) => hasTimes ? result.GetValue(before) : null;

        /// <summary>Finds credentials where a place in S3 is named.</summary>
        /// <exception cref="UserException">No place is named that could be read.</exception>
        /// <exception cref="AwsCallException">There are no credentials, or no Region.</exception>
        public async Task<LogInput> OpenAsync(ParseResult result, CancellationToken cancel)
        {
            var named = RequestReport.Rest(LogPath.Read(Paths(result)));
            var range = new LogKeyRange(After(result), Before(result));
            var isInS3 = named.Items.Any(p => p.Url is not null);
            return new(named, range, isInS3 ? await AwsSession.OpenAsync(connection.Read(result, result.GetValue(region)), cancel).ConfigureAwait(false) : null);
        }

        private static Option<DateTime?> TimeOption(string name, string description) => new(name)
        {
            HelpName = "TIME",
            Description = description,
            CustomParser = result =>
            {
                if (RequestTime.TryParse(result.Tokens[0].Value, out var time))
                {
                    return time;
                }

                result.AddError($"'{result.Tokens[0].Value}' is no time. Give one such as 2026-01-31T12:00:00Z.");
                return null;
            },
        };
    }
}
