using System.Globalization;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>
/// The request context of a delivery: which keys a call carries, which it is known not to carry, and which nobody can know.
/// Sources: IAM user guide, reference_policies_condition-keys; for contested keys see docs/concepts/request-context.md.
/// </summary>
internal sealed class DeliveryContext(DeliverySource source, Delivery delivery, string sourceArn, Func<string, string> fill)
{
    private const string BucketOwnerFullControl = "bucket-owner-full-control";

    // No service principal has tags, a user name or a session of its own, and none sends grants or object tags with a log.
    private static readonly string[] AbsentPrefixes =
        ["aws:PrincipalTag/", "aws:RequestTag/", "aws:FederatedProvider", "aws:MultiFactorAuth", "aws:TokenIssueTime", "s3:x-amz-grant-", "s3:RequestObjectTag", "s3:object-lock-"];

    public RequestContext Create(PolicyTarget target, RequestPrincipal principal, bool sendsAcl, CallTemplate call)
    {
        var keys = new Dictionary<string, ContextValue>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:SecureTransport"] = ContextValue.Of("true"),
            ["aws:CurrentTime"] = ContextValue.Of(delivery.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ["aws:EpochTime"] = ContextValue.Of(delivery.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ["aws:ResourceAccount"] = Known(delivery.Bucket.AccountId),
        };
        if (principal.Type == PrincipalType.Service)
        {
            AddServiceKeys(keys, principal.Id);
        }
        else
        {
            AddRoleKeys(keys, principal);
        }

        if (target == PolicyTarget.Bucket)
        {
            AddBucketKeys(keys, call, sendsAcl);
        }
        else
        {
            AddKeyKeys(keys);
        }

        foreach (var (key, value) in call.Context)
        {
            keys[key] = ContextValue.Of(fill(value));
        }

        return new RequestContext(keys, ContextValue.Unknown, AbsentPrefixes);
    }

    private void AddServiceKeys(Dictionary<string, ContextValue> keys, string service)
    {
        keys["aws:PrincipalIsAWSService"] = ContextValue.Of("true");
        keys["aws:PrincipalServiceName"] = ContextValue.Of(service);
        keys["aws:PrincipalServiceNamesList"] = ContextValue.Of(service);
        keys["aws:ViaAWSService"] = ContextValue.Of("false");
        keys["aws:CalledVia"] = ContextValue.Absent;
        keys["aws:CalledViaFirst"] = ContextValue.Absent;
        keys["aws:CalledViaLast"] = ContextValue.Absent;
        foreach (var absent in new[] { "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpcSourceIp", "aws:username", "aws:userid", "aws:Referer", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:VpceAccount" })
        {
            keys[absent] = ContextValue.Absent;
        }

        keys["aws:PrincipalArn"] = ContextValue.Internal;
        keys["aws:PrincipalAccount"] = ContextValue.Internal;
        keys["aws:SourceIp"] = ContextValue.Internal;
        keys["aws:SourceArn"] = sourceArn.Length == 0 ? ContextValue.Unknown : ContextValue.Like(sourceArn);
        keys["aws:SourceAccount"] = source.SendsSourceAccount ? ContextValue.Of(delivery.AccountId) : ContextValue.Unknown;
        keys["aws:SourceOrgID"] = delivery.OrganizationId is { } organization && !source.SourceOrgIdIsContested
            ? ContextValue.Of(organization)
            : ContextValue.Unknown;
    }

    private static void AddRoleKeys(Dictionary<string, ContextValue> keys, RequestPrincipal principal)
    {
        keys["aws:PrincipalIsAWSService"] = ContextValue.Of("false");
        keys["aws:PrincipalServiceName"] = ContextValue.Absent;
        keys["aws:PrincipalServiceNamesList"] = ContextValue.Absent;
        keys["aws:SourceArn"] = ContextValue.Absent;
        keys["aws:SourceAccount"] = ContextValue.Absent;
        keys["aws:SourceOrgID"] = ContextValue.Absent;
        keys["aws:SourceOrgPaths"] = ContextValue.Absent;
        if (principal.Type == PrincipalType.Aws)
        {
            keys["aws:PrincipalArn"] = ContextValue.Of(principal.Id);
            keys["aws:PrincipalAccount"] = Known(principal.AccountId);
        }
    }

    private void AddBucketKeys(Dictionary<string, ContextValue> keys, CallTemplate call, bool sendsAcl)
    {
        var writes = call.Action.Equals("s3:PutObject", StringComparison.OrdinalIgnoreCase);
        keys["s3:x-amz-acl"] = writes && sendsAcl ? ContextValue.Of(BucketOwnerFullControl) : ContextValue.Absent;
        keys["s3:TlsVersion"] = ContextValue.OneOf(ContextValue.Of("1.2"), ContextValue.Of("1.3"));
        keys["s3:ResourceAccount"] = Known(delivery.Bucket.AccountId);
        keys["s3:signatureversion"] = ContextValue.Of("AWS4-HMAC-SHA256");
        foreach (var absent in new[] { "s3:x-amz-storage-class", "s3:x-amz-copy-source", "s3:x-amz-metadata-directive", "s3:x-amz-website-redirect-location", "s3:x-amz-server-side-encryption-customer-algorithm", "s3:DataAccessPointArn", "s3:DataAccessPointAccount", "s3:AccessPointNetworkOrigin" })
        {
            keys[absent] = ContextValue.Absent;
        }

        var headers = writes && source.SendsEncryptionHeaders;
        keys["s3:x-amz-server-side-encryption"] = headers ? ContextValue.Of("aws:kms") : ContextValue.Absent;
        keys["s3:x-amz-server-side-encryption-aws-kms-key-id"] = headers ? Known(delivery.KmsKeyArn) : ContextValue.Absent;
    }

    private void AddKeyKeys(Dictionary<string, ContextValue> keys)
    {
        // With an S3 Bucket Key the context is the bucket's ARN. Source: S3 user guide, bucket-key.
        var objects = ContextValue.Like($"{delivery.BucketArn}/*");
        var bucket = ContextValue.Of(delivery.BucketArn);
        keys["kms:EncryptionContext:aws:s3:arn"] = delivery.Bucket.BucketKeyEnabled switch
        {
            true => bucket,
            false => objects,
            null => ContextValue.OneOf(objects, bucket),
        };

        // Whether S3 or the source itself calls KMS is not documented for service principals.
        keys["kms:ViaService"] = ContextValue.Unknown;
        keys["kms:CallerAccount"] = ContextValue.Internal;
    }

    private static ContextValue Known(string? value) => value is null ? ContextValue.Unknown : ContextValue.Of(value);
}
