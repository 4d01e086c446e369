namespace LogDelivery.Sources.Catalog;

/// <summary>
/// SES receipt rules that deliver mail into S3, by the service principal. Source: SES developer guide,
/// receiving-email-permissions.
/// </summary>
internal static class Ses
{
    // The key of a receipt rule encrypts the message before it reaches S3; what context that call has is not on the page.
    private static readonly string[] UnknownContext = ["kms:EncryptionContext:aws:s3:arn"];

    public static readonly DeliverySource Source = new("Ses")
    {
        Name = "Amazon SES receipt rule",
        Principal = "ses.amazonaws.com",
        HasKeySetting = true,
        SourceArns = ["arn:{partition}:ses:{region}:{account}:receipt-rule-set/*:receipt-rule/*"],
        SendsEncryptionHeaders = null,

        // How the key goes on behind the prefix is not documented; taken to the letter, it covers both readings.
        PrefixStyle = KeyPrefixStyle.Bare,
        Guard = Guards.AccountAndArnEquals,
        Grants =
        [
            new()
            {
                Sid = "AllowSESPuts",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                SendsAcl = null,
                Calls = [new("message", "s3:PutObject", "{prefix}o1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0")],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AllowSESToEncryptMessagesBelongingToThisAccount",
                Actions = ["kms:GenerateDataKey*"],
                Calls = [new("data key", "kms:GenerateDataKey") { UnknownKeys = UnknownContext }],
            },
            new()
            {
                Sid = "AllowSESToDecryptMessagesBelongingToThisAccount",
                Actions = ["kms:Decrypt"],
                When = d => d.Bucket.Encryption is BucketEncryption.SseKms or BucketEncryption.DsseKms,
                Calls = [new("decrypt", "kms:Decrypt") { UnknownKeys = UnknownContext }],
            },
        ],
        Parameters =
        [
            new("KeyPrefix", false, "the object key prefix of the rule's S3 action"),
            new("SourceArn", false, "the rule's ARN: arn:aws:ses:us-east-1:111122223333:receipt-rule-set/SET:receipt-rule/RULE"),
            new("KmsKeyArn", false, "the ARN of the KMS key that the rule or the bucket encrypts with"),
        ],
        KeyLayout = "{prefix}MESSAGE-ID",
        KeyDateFormat = null,
        Latency = "as mail arrives; no figure is documented",
        StatusApi = null,

        ManagementCalls = new("ses")
        {
            Sets = ["CreateReceiptRule", "UpdateReceiptRule"],
            Ends = ["DeleteReceiptRule"],
        },
        Documentation = new("https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html"),
        Notes =
        [
            "aws:SourceArn names rule set and rule: a renamed rule needs a new policy.",
            "An S3 action with a role writes with that role instead, and for a bucket in a Region without mail receiving it must; then this test does not apply.",
            "For a bucket with SSE-KMS the key policy has to allow kms:Decrypt, too.",
        ],
    };
}
