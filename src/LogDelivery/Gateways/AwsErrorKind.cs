namespace LogDelivery.Gateways;

/// <summary>The kind of failure that a call to AWS ended with. It decides what a caller can do about it.</summary>
internal enum AwsErrorKind
{
    /// <summary>Another failure, described by the code and the message.</summary>
    Other,

    /// <summary>The caller may not make the call, or may not make it on this resource.</summary>
    AccessDenied,

    /// <summary>The resource of the call does not exist.</summary>
    NotFound,

    /// <summary>The call was throttled, also after all retries.</summary>
    Throttled,

    /// <summary>There are no credentials, or they are expired, unknown or wrongly signed.</summary>
    Authentication,

    /// <summary>There was no response in time.</summary>
    Timeout,

    /// <summary>The service cannot be reached, or fails.</summary>
    Unavailable,

    /// <summary>The service rejects the request as invalid.</summary>
    Invalid,
}
