using System.Xml;
using System.Xml.Linq;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.State;

/// <summary>
/// The settings of a bucket, by the name of the S3 subresource. They are stored as they were sent and returned unchanged;
/// settings that deliveries depend on are parsed.
/// </summary>
internal sealed class BucketConfiguration
{
    public static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly Dictionary<string, XElement> documents = new(StringComparer.Ordinal);

    // What every new bucket has. Source: S3 user guide, about-object-ownership, default-bucket-encryption,
    // access-control-block-public-access.
    public BucketConfiguration()
    {
        Set("encryption", XElement.Parse("<ServerSideEncryptionConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>"));
        Set("ownershipControls", XElement.Parse("<OwnershipControls xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>"));
        Set("publicAccessBlock", XElement.Parse("<PublicAccessBlockConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>"));
    }

    /// <summary>Counts the changes.</summary>
    public int ChangeCount { get; private set; }

    public BucketEncryption Encryption { get; private set; }

    /// <summary>The key of the default encryption as it was configured: ARN, id or alias.</summary>
    public string? KmsKeyId { get; private set; }

    public bool BucketKeyEnabled { get; private set; }

    public bool ObjectLockEnabled { get; private set; }

    public bool ObjectLockDefaultRetention { get; private set; }

    public bool RequesterPays { get; private set; }

    public ObjectOwnership Ownership { get; private set; }

    public bool BlocksPublicPolicies { get; private set; }

    /// <summary>The target of the access log; <see langword="null"/> when logging is off.</summary>
    public (string Bucket, string Prefix)? AccessLog { get; private set; }

    public XElement? Find(string subresource) => documents.GetValueOrDefault(subresource);

    /// <exception cref="XmlException">The text is not well-formed.</exception>
    public void Set(string subresource, string xml) => Set(subresource, XElement.Parse(xml));

    public void Set(string subresource, XElement document)
    {
        documents[subresource] = document;
        Read(subresource, document);
    }

    public void Remove(string subresource)
    {
        documents.Remove(subresource);
        Read(subresource, null);
    }

    private static string? Text(XElement? document, params string[] path)
    {
        var element = document;
        foreach (var name in path)
        {
            element = element?.Elements().FirstOrDefault(e => e.Name.LocalName == name);
        }

        return element?.Value.Trim();
    }

    private void Read(string subresource, XElement? document)
    {
        ChangeCount++;
        switch (subresource)
        {
            case "encryption":
                KmsKeyId = Text(document, "Rule", "ApplyServerSideEncryptionByDefault", "KMSMasterKeyID") is { Length: > 0 } key ? key : null;
                Encryption = Text(document, "Rule", "ApplyServerSideEncryptionByDefault", "SSEAlgorithm") switch
                {
                    "aws:kms" when KmsKeyId is null or "alias/aws/s3" => BucketEncryption.AwsManagedKey,
                    "aws:kms" => BucketEncryption.SseKms,
                    "aws:kms:dsse" => BucketEncryption.DsseKms,
                    _ => BucketEncryption.SseS3,
                };
                BucketKeyEnabled = Text(document, "Rule", "BucketKeyEnabled") == "true";
                break;
            case "ownershipControls":
                Ownership = Enum.TryParse<ObjectOwnership>(Text(document, "Rule", "ObjectOwnership"), out var ownership) ? ownership : ObjectOwnership.ObjectWriter;
                break;
            case "object-lock":
                ObjectLockEnabled = Text(document, "ObjectLockEnabled") == "Enabled";
                ObjectLockDefaultRetention = Text(document, "Rule", "DefaultRetention", "Mode") is not null;
                break;
            case "requestPayment":
                RequesterPays = Text(document, "Payer") == "Requester";
                break;
            case "publicAccessBlock":
                BlocksPublicPolicies = Text(document, "BlockPublicPolicy") == "true";
                break;
            case "logging":
                AccessLog = Text(document, "LoggingEnabled", "TargetBucket") is { } target
                    ? (target, Text(document, "LoggingEnabled", "TargetPrefix") ?? string.Empty)
                    : null;
                break;
        }
    }
}
