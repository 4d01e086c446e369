using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Logs.CloudTrail;

/// <content>
/// Reads the nested sections of an event: <c>userIdentity</c>, <c>requestParameters</c>, <c>additionalEventData</c> and
/// <c>resources</c>.
/// </content>
internal sealed partial class CloudTrailEvent
{
    private void ReadIdentity(ref Utf8JsonReader reader)
    {
        IdentityType = InvokedBy = IdentityAccountId = IdentityArn = IdentityPrincipalId = RoleArn = UserName = null;
        if (!reader.TryEnterObject())
        {
            return;
        }

        while (reader.NextKey(out var key))
        {
            if (key.SequenceEqual("type"u8))
            {
                IdentityType = reader.Text();
            }
            else if (key.SequenceEqual("invokedBy"u8))
            {
                InvokedBy = reader.Text();
            }
            else if (key.SequenceEqual("accountId"u8))
            {
                IdentityAccountId = reader.Text();
            }
            else if (key.SequenceEqual("arn"u8))
            {
                IdentityArn = reader.Text();
            }
            else if (key.SequenceEqual("principalId"u8))
            {
                IdentityPrincipalId = reader.Text();
            }
            else if (key.SequenceEqual("userName"u8))
            {
                UserName = reader.Text();
            }
            else if (key.SequenceEqual("sessionContext"u8))
            {
                ReadSession(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadSession(ref Utf8JsonReader reader)
    {
        RoleArn = null;
        if (!reader.TryEnterObject())
        {
            return;
        }

        while (reader.NextKey(out var key))
        {
            if (key.SequenceEqual("sessionIssuer"u8) && reader.TryEnterObject())
            {
                while (reader.NextKey(out var inner))
                {
                    if (inner.SequenceEqual("arn"u8))
                    {
                        RoleArn = reader.Text();
                    }
                    else if (inner.SequenceEqual("userName"u8))
                    {
                        UserName = reader.Text();
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadParameters(ref Utf8JsonReader reader)
    {
        BucketName = Key = Acl = EncryptedArn = null;
        HasParameters = reader.TokenType == JsonTokenType.StartObject;
        if (!reader.TryEnterObject())
        {
            return;
        }

        while (reader.NextKey(out var key))
        {
            if (key.SequenceEqual("bucketName"u8))
            {
                BucketName = reader.Text();
            }
            else if (key.SequenceEqual("key"u8))
            {
                Key = reader.Text();
            }
            else if (key.SequenceEqual("x-amz-acl"u8))
            {
                Acl = reader.FirstText();
            }
            else if (key.SequenceEqual("encryptionContext"u8))
            {
                ReadEncryptionContext(ref reader);
            }
            else if (IsSourceArn(key))
            {
                SourceArn = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadEncryptionContext(ref Utf8JsonReader reader)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        while (reader.NextKey(out var key))
        {
            if (key.SequenceEqual("aws:s3:arn"u8))
            {
                EncryptedArn = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadAdditional(ref Utf8JsonReader reader)
    {
        SignatureVersion = null;
        BytesIn = BytesOut = null;
        if (!reader.TryEnterObject())
        {
            return;
        }

        while (reader.NextKey(out var key))
        {
            if (IsSourceArn(key))
            {
                SourceArn = reader.Text();
            }
            else if (key.SequenceEqual("SignatureVersion"u8))
            {
                SignatureVersion = reader.Text();
            }
            else if (key.SequenceEqual("bytesTransferredIn"u8))
            {
                BytesIn = reader.Number();
            }
            else if (key.SequenceEqual("bytesTransferredOut"u8))
            {
                BytesOut = reader.Number();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // Not documented for S3 data events; taken where it is there, under the names that the keys of requests have.
    private static bool IsSourceArn(ReadOnlySpan<byte> key)
        => key.SequenceEqual("sourceArn"u8) || key.SequenceEqual("SourceArn"u8) || key.SequenceEqual("aws:SourceArn"u8) || key.SequenceEqual("x-amz-source-arn"u8);

    private void ReadResources(ref Utf8JsonReader reader)
    {
        ResourceArn = BucketAccountId = null;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!reader.TryEnterObject())
            {
                continue;
            }

            while (reader.NextKey(out var key))
            {
                if (key.SequenceEqual("ARN"u8) && reader.Text() is { } arn)
                {
                    // The object's ARN precedes the bucket's; the longer one is more specific.
                    ResourceArn = ResourceArn is null || arn.StartsWith(ResourceArn, StringComparison.Ordinal) ? arn : ResourceArn;
                }
                else if (key.SequenceEqual("accountId"u8))
                {
                    BucketAccountId = reader.Text() ?? BucketAccountId;
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
