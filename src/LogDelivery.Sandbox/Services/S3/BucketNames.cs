namespace LogDelivery.Sandbox.Services.S3;

/// <summary>The rules for names of buckets. Source: S3 user guide, bucketnamingrules.</summary>
internal static class BucketNames
{
    public static bool IsValid(string name)
        => name.Length is >= 3 and <= 63
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !System.Net.IPAddress.TryParse(name, out _);
}
