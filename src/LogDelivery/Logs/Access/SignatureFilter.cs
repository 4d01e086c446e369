using System.Text;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Access;

/// <summary>Selects uses of signatures.</summary>
internal sealed record SignatureFilter
{
    // The versions that AWS has, as its logs spell them.
    private static readonly string[] Known = ["SigV2", "SigV4", "SigV4A"];

    /// <summary>The signature versions, such as <c>SigV2</c>, in any case; all when empty.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>The buckets; all when empty.</summary>
    public IReadOnlyList<string> BucketNames { get; init; } = [];

    /// <summary>The earliest time, in UTC.</summary>
    public DateTime? After { get; init; }

    /// <summary>The time before which the requests were made, in UTC.</summary>
    public DateTime? Before { get; init; }

    internal bool Takes(S3Request request)
        => request.SignatureVersion is { } version
            && (Versions.Count == 0 || Versions.Contains(version, StringComparer.OrdinalIgnoreCase))
            && (BucketNames.Count == 0 || BucketNames.Contains(request.BucketName, StringComparer.OrdinalIgnoreCase))
            && (After is not { } after || request.Time >= after)
            && (Before is not { } before || request.Time < before);

    internal S3RequestFilter ToRaw() => new RawSignature([.. Versions.Select(v => Array.Find(Known, k => k.Equals(v, StringComparison.OrdinalIgnoreCase)))]);

    /// <summary>
    /// The record of a signed request contains the name of the signature version. Other records need not be parsed, unless
    /// they have escaped letters.
    /// </summary>
    private sealed class RawSignature : S3RequestFilter
    {
        private readonly byte[][] names;

        public RawSignature(IReadOnlyList<string?> versions)
            => names = versions.All(v => v is not null) ? [.. versions.Select(v => Encoding.UTF8.GetBytes(v!))] : [];

        public override bool MayMatter(in LogRecord record)
        {
            // CloudTrail has SignatureVersion, access logs have signature_version.
            if (names.Length == 0)
            {
                return record.Bytes.IndexOf("ignature"u8) >= 0 || record.MayHideText;
            }

            foreach (var name in names)
            {
                if (record.Bytes.IndexOf(name) >= 0)
                {
                    return true;
                }
            }

            return record.MayHideText;
        }

        public override bool MayMatter(ReadOnlySpan<byte> signatureVersion)
        {
            if (names.Length == 0)
            {
                return !signatureVersion.IsEmpty && !AccessLogText.IsDash(signatureVersion);
            }

            foreach (var name in names)
            {
                if (signatureVersion.SequenceEqual(name))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
