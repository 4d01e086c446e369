namespace LogDelivery.Sandbox.State;

/// <summary>The caller of a request.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Arn">The identity, as GetCallerIdentity tells it.</param>
/// <param name="UserId">The unique id that goes with it.</param>
/// <param name="AccessKeyId">The access key, or <see langword="null"/> for an unsigned request.</param>
internal sealed record RequestCaller(string AccountId, string Arn, string UserId, string? AccessKeyId);
