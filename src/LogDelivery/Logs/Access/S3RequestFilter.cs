using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Access;

/// <summary>Which records may be of interest, told from their bytes: what it turns away is none, what it lets by is read.</summary>
internal abstract class S3RequestFilter
{
    /// <summary>Whether a CloudTrail event, or a request in JSON, may be of interest.</summary>
    public abstract bool MayMatter(in LogRecord record);

    /// <summary>Whether a line of an access log may be of interest.</summary>
    /// <param name="signatureVersion">The version of the line's signature: <c>-</c>, or nothing, where there is none.</param>
    public abstract bool MayMatter(ReadOnlySpan<byte> signatureVersion);
}
