using LogDelivery.Logs.Files;

namespace LogDelivery.Requests;

/// <summary>A place where logs are: a file, a folder or a wildcard, or a place in S3.</summary>
/// <param name="Text">The text as it was given.</param>
/// <param name="Url">The place in S3; <see langword="null"/> for a path.</param>
internal sealed record LogPath(string Text, S3Url? Url)
{
    /// <summary>Tells paths from places in S3. Blank ones and malformed URLs are problems; the others can be read.</summary>
    /// <param name="texts">The texts.</param>
    public static Resolved<LogPath> Read(IEnumerable<string?>? texts)
    {
        var paths = new List<LogPath>();
        var problems = new List<RequestProblem>();
        foreach (var text in texts ?? [])
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                problems.Add(new("EmptyPath", text ?? string.Empty, "A path is empty.", "Give files, folders, wildcards or s3://bucket/prefix."));
            }
            else if (S3Url.TryParse(text, out var url) || !S3Url.IsOne(text))
            {
                paths.Add(new(text, url));
            }
            else
            {
                problems.Add(new("InvalidS3Url", text, $"'{text}' is no place in S3.", "Give s3://bucket/prefix."));
            }
        }

        return new(paths, problems);
    }

    /// <summary>The text as it was given.</summary>
    public override string ToString() => Text;
}
