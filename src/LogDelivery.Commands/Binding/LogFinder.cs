using System.Management.Automation;
using LogDelivery.Logs.Files;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary>Finds the logs that paths of the shell and places in S3 name. What names none is one error.</summary>
/// <param name="command">The cmdlet.</param>
/// <param name="files">Finds files.</param>
/// <param name="findInS3">Finds objects of S3.</param>
internal sealed class LogFinder(LogDeliveryCommand command, LogFiles files, Func<S3Url, IEnumerable<LogObject>> findInS3)
{
    /// <summary>Finds logs. Called on the pipeline thread; what comes of it may be read on any.</summary>
    public IEnumerable<(bool IsInS3, IEnumerable<LogObject> Logs)> Find(IEnumerable<string?>? texts, bool isLiteral)
    {
        var paths = LogPath.Read(texts);
        command.Report(paths.Problems);
        foreach (var path in paths.Items)
        {
            if (path.Url is { } url)
            {
                yield return (true, findInS3(url));
                continue;
            }

            foreach (var resolved in Resolve(path.Text, isLiteral))
            {
                yield return (false, files.Find(resolved, literal: true));
            }
        }
    }

    private List<string> Resolve(string path, bool isLiteral)
    {
        try
        {
            var provider = default(ProviderInfo);
            List<string> resolved = isLiteral
                ? [command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : [.. command.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider)];
            if (resolved.Count == 0)
            {
                ReportMissing(path, null);
            }

            if (provider.Name == "FileSystem")
            {
                return resolved;
            }

            command.Report("NotAFile", ErrorCategory.InvalidArgument, path, $"'{path}' is no file, but of the provider {provider.Name}.", "Give a file, a folder or s3://bucket/prefix.");
            return [];
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException)
        {
            ReportMissing(path, exception);
            return [];
        }
    }

    private void ReportMissing(string path, Exception? exception)
        => command.Report("FileNotFound", ErrorCategory.ObjectNotFound, path, $"There is no file or folder '{path}'.", "Check the path; a path with [ or ] in it is given by LiteralPath.", exception);
}
