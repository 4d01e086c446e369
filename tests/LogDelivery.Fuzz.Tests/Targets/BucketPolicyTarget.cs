using LogDelivery.Policies;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Policies of buckets.</summary>
internal sealed class BucketPolicyTarget() : DocumentTarget("BucketPolicy", PolicySeeds.Bucket, PolicyKind.Bucket);
