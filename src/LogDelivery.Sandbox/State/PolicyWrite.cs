namespace LogDelivery.Sandbox.State;

/// <summary>A write of a bucket's policy, for the event history.</summary>
/// <param name="Time">The time of the write.</param>
/// <param name="Id">The event's id.</param>
/// <param name="CallerArn">The ARN of the caller.</param>
/// <param name="Region">The Region of the call.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Policy">The document; <see langword="null"/> when it was taken away.</param>
internal sealed record PolicyWrite(DateTimeOffset Time, string Id, string CallerArn, string Region, string Bucket, string? Policy);
