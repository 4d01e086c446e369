namespace LogDelivery.Gateways;

/// <summary>A call to AWS failed. The one exception that comes from there, whatever the SDK threw.</summary>
internal sealed class AwsCallException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AwsCallException()
        : this("A call to AWS failed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The error message.</param>
    public AwsCallException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The error message.</param>
    /// <param name="innerException">The cause.</param>
    public AwsCallException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="code">The service's error code.</param>
    /// <param name="message">The error message.</param>
    /// <param name="innerException">The cause.</param>
    public AwsCallException(AwsErrorKind kind, string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Code = code;
    }

    /// <summary>The kind of failure.</summary>
    public AwsErrorKind Kind { get; }

    /// <summary>The service's error code, such as <c>TrailNotFoundException</c>; a code of this module when no service answered.</summary>
    public string Code { get; } = "CallFailed";

    /// <summary>The call, such as <c>cloudtrail:GetTrailStatus</c>; empty when none was made.</summary>
    public string Operation { get; init; } = string.Empty;

    /// <summary>The IAM action that the caller lacks, such as <c>s3:GetBucketPolicy</c>; <see langword="null"/> unless the call was denied.</summary>
    public string? MissingPermission { get; init; }

    /// <summary>The request id, which AWS support needs; <see langword="null"/> when the service did not answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>The Region that was called, if any.</summary>
    public string? Region { get; init; }
}
