using System.Management.Automation;
using System.Text;
using LogDelivery.Files;
using LogDelivery.Policies;

namespace LogDelivery.Commands;

/// <summary>Reads documents from parameters, the pipeline and files, and reports what cannot be read.</summary>
internal sealed class PolicyReader(LogDeliveryCommand command)
{
    private readonly TextJoiner joiner = new();

    /// <summary>Whether the beginning of a document waits for its end.</summary>
    public bool IsOpen => joiner.IsOpen;

    /// <summary>The documents that pieces of text complete.</summary>
    public IEnumerable<PolicyInput> ReadText(IEnumerable<string?>? pieces)
        => (pieces ?? []).SelectMany(p => joiner.Add(p ?? string.Empty)).Select(FromText);

    /// <summary>What is left at the end of the pipeline.</summary>
    public IEnumerable<PolicyInput> Flush() => joiner.Flush() is { } rest ? [FromText(rest)] : [];

    /// <summary>The documents in files.</summary>
    public IEnumerable<PolicyInput> ReadFiles(IEnumerable<string>? paths, bool isLiteral)
        => (paths ?? []).SelectMany(p => Resolve(p, isLiteral).Select(f => ReadFile(p, f))).OfType<PolicyInput>();

    /// <summary>The document that one parameter holds: text, lines of text, or the path of a file.</summary>
    public PolicyInput? ReadTextOrPath(IEnumerable<string> value)
    {
        var text = string.Join('\n', value);
        return IsText(text) ? FromText(text) : ReadFiles([text], isLiteral: true).FirstOrDefault();
    }

    /// <summary>The document, or an error that lists every problem.</summary>
    public PolicyDocument? Parse(PolicyInput input, PolicyKind kind)
    {
        if (!PolicyDocument.TryParse(input.Text, kind, out var document, out var problems))
        {
            var errors = problems.Where(p => p.Severity == PolicyProblemSeverity.Error).ToArray();
            var message = $"{input.Path ?? "The given document"} is no valid policy: {string.Join(Environment.NewLine, errors.Select(p => p.ToString()))}";
            command.Report("PolicyFormat", ErrorCategory.ParserError, input.Subject, message, AdviceFor(input), new PolicyFormatException(errors));
            return null;
        }

        foreach (var warning in document!.Warnings)
        {
            command.WriteWarning($"{input}: {warning}");
        }

        return document;
    }

    internal static bool IsText(string text) => text.AsSpan().TrimStart("\uFEFF \t\r\n") is { Length: > 0 } trimmed && trimmed[0] is '{' or '[' or '<';

    private static PolicyInput FromText(string text) => new(text, null, text);

    private static string AdviceFor(PolicyInput input)
    {
        if (input.Text.Contains("<Code>NoSuchBucketPolicy</Code>", StringComparison.Ordinal))
        {
            return "The bucket has no policy; the text is what S3 answered. Make one with New-LogDeliveryPolicy.";
        }

        if (input.Text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal))
        {
            return "The text is XML, as S3 answers with when it refuses: read its Code and Message, and read the policy again.";
        }

        return input.Path is null && input.Text.Length < 260 && !IsText(input.Text)
            ? "Give the text of a policy (JSON). A file is given by Path."
            : "Correct the document at the places named.";
    }

    private List<string> Resolve(string path, bool isLiteral)
    {
        try
        {
            var resolved = isLiteral
                ? [command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _)]
                : command.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name != "FileSystem")
            {
                command.Report("NotAFile", ErrorCategory.InvalidArgument, path, $"'{path}' is no file, but of the provider {provider.Name}.", "Give the path of a file, or pipe the text in.");
                return [];
            }

            if (resolved.Count == 0)
            {
                ReportMissing(path, null);
            }

            return [.. resolved];
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException)
        {
            ReportMissing(path, exception);
            return [];
        }
    }

    private PolicyInput? ReadFile(string subject, string path)
    {
        try
        {
            // UTF-16 with its mark is read too: that is what redirection in Windows PowerShell writes.
            using var reader = new StreamReader(BoundedFile.Open(path, FileLimit.Policy), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return new(reader.ReadToEnd(), path, subject);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            ReportMissing(subject, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            command.Report("FileNotReadable", ErrorCategory.ReadError, subject, $"{path} cannot be read: {exception.Message}", "Check that the path is a file and may be read.", exception);
        }
        catch (FileRefusedException exception)
        {
            var (id, category) = exception.IsTooLarge ? ("PolicyFormat", ErrorCategory.LimitsExceeded) : ("FileNotReadable", ErrorCategory.ReadError);
            command.Report(id, category, subject, exception.Message, "Give the path of a file that holds a policy.", exception);
        }
        catch (DecoderFallbackException exception)
        {
            command.Report("PolicyFormat", ErrorCategory.ParserError, subject, $"{path} is not UTF-8 text.", "Save the document as UTF-8.", exception);
        }

        return null;
    }

    private void ReportMissing(string path, Exception? exception)
        => command.Report("FileNotFound", ErrorCategory.ObjectNotFound, path, $"There is no file '{path}'.", "Check the path; a path with [ or ] in it is given by LiteralPath.", exception ?? new ItemNotFoundException($"There is no file '{path}'."));
}
