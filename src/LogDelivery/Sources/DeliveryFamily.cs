namespace LogDelivery.Sources;

/// <summary>Whose identity a source writes with; it decides which policies and settings matter.</summary>
public enum DeliveryFamily
{
    /// <summary>An AWS service principal: the bucket policy must allow it, no identity policy exists.</summary>
    ServicePrincipal,

    /// <summary>A grantee of the bucket's ACL (CloudFront legacy logs, EC2 Spot data feed).</summary>
    AclGrantee,

    /// <summary>A role of the customer's: its own policy allows it, and the bucket policy too where the accounts differ.</summary>
    CustomerRole,
}

/// <summary>The document that a required call is judged by.</summary>
public enum PolicyTarget
{
    /// <summary>The policy of the bucket.</summary>
    Bucket,

    /// <summary>The policy of the KMS key.</summary>
    Key,

    /// <summary>The policy of the topic that is told of a trail's deliveries.</summary>
    Topic,

    /// <summary>A policy that is part of the role that writes, of a stream or of a trail's log group.</summary>
    Role,

    /// <summary>The policy that says who may take that role on.</summary>
    RoleTrust,
}

/// <summary>The kinds of bucket encryption.</summary>
public enum BucketEncryption
{
    /// <summary>SSE-S3 (<c>AES256</c>), the default of every bucket.</summary>
    SseS3,

    /// <summary>SSE-KMS with a customer managed key (<c>aws:kms</c>).</summary>
    SseKms,

    /// <summary>SSE-KMS with the AWS managed key <c>aws/s3</c>.</summary>
    AwsManagedKey,

    /// <summary>Dual-layer encryption (<c>aws:kms:dsse</c>).</summary>
    DsseKms,
}

/// <summary>The values of a bucket's Object Ownership.</summary>
public enum ObjectOwnership
{
    /// <summary>ACLs are off; the bucket's owner owns every object.</summary>
    BucketOwnerEnforced,

    /// <summary>ACLs are on; the bucket's owner owns objects sent with <c>bucket-owner-full-control</c>.</summary>
    BucketOwnerPreferred,

    /// <summary>ACLs are on; the writer owns what it writes.</summary>
    ObjectWriter,
}
