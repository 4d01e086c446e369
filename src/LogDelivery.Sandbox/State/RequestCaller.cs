namespace LogDelivery.Sandbox.State;

/// <summary>The caller of a request.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Arn">The ARN that GetCallerIdentity returns.</param>
/// <param name="UserId">The unique id that GetCallerIdentity returns.</param>
/// <param name="AccessKeyId">The access key, or <see langword="null"/> for an unsigned request.</param>
internal sealed record RequestCaller(string AccountId, string Arn, string UserId, string? AccessKeyId);
