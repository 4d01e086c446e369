using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>What rules ask about the default encryption of a bucket.</summary>
internal static class DefaultEncryption
{
    private const string ManagedAlias = "alias/aws/s3";

    /// <summary>Whether objects get the AWS managed key: chosen by name, or by choosing SSE-KMS without a key.</summary>
    public static bool IsAwsManagedKey(Delivery delivery)
        => delivery.Bucket.Encryption == BucketEncryption.AwsManagedKey
            || (delivery.Bucket.KmsKeyId is { } key && key.EndsWith(ManagedAlias, StringComparison.Ordinal));

    /// <summary>
    /// Whether the source names a key of its own with every object, so that the bucket's default does not come into play.
    /// Most sources have no such setting; for them a key can only be the bucket's.
    /// </summary>
    public static bool IsIrrelevant(Delivery delivery)
        => delivery.KmsKeyArn is { } key
            && key != delivery.Bucket.KmsKeyId
            && (delivery.Source.SendsEncryptionHeaders == true || delivery.Source.HasKeySetting);

    public static string NameOf(BucketEncryption encryption) => encryption switch
    {
        BucketEncryption.SseS3 => "SSE-S3 (AES256)",
        BucketEncryption.SseKms => "SSE-KMS with a customer managed key (aws:kms)",
        BucketEncryption.AwsManagedKey => "SSE-KMS with the AWS managed key aws/s3",
        _ => "DSSE-KMS (aws:kms:dsse)",
    };
}
