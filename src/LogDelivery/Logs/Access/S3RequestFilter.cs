using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Access;

/// <summary>Decides from the bytes of a record whether it may be relevant: rejected records are irrelevant, all others are parsed.</summary>
internal abstract class S3RequestFilter
{
    /// <summary>Whether a CloudTrail event, or a request in JSON, may be of interest.</summary>
    public abstract bool MayMatter(in LogRecord record);

    /// <summary>Whether a line of an access log may be of interest.</summary>
    /// <param name="signatureVersion">The signature version in the line; <c>-</c> or empty when there is none.</param>
    public abstract bool MayMatter(ReadOnlySpan<byte> signatureVersion);
}
