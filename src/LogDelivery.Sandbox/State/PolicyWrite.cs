namespace LogDelivery.Sandbox.State;

/// <summary>Somebody wrote the policy of a bucket, as the event history has it.</summary>
/// <param name="Time">When.</param>
/// <param name="Id">The event's id.</param>
/// <param name="CallerArn">Who.</param>
/// <param name="Region">Where.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Policy">The document; <see langword="null"/> when it was taken away.</param>
internal sealed record PolicyWrite(DateTimeOffset Time, string Id, string CallerArn, string Region, string Bucket, string? Policy);
