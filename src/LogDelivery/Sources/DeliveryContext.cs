using System.Globalization;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>
/// The request context of a delivery: which keys a call carries, which it is known not to carry, and which nobody can know.
/// Sources: IAM user guide, reference_policies_condition-keys; for contested keys see docs/concepts/request-context.md.
/// </summary>
internal sealed class DeliveryContext(DeliverySource source, Delivery delivery, string[] sourceArns, string keyPrefix, Func<string, string> fill)
{
    private const string BucketOwnerFullControl = "bucket-owner-full-control";

    // What no delivery sends with an object, whoever writes it.
    private static readonly string[] AbsentHeaders = ["aws:RequestTag/", "s3:x-amz-grant-", "s3:RequestObjectTag", "s3:object-lock-"];

    // No service principal has tags, a user name or a session of its own.
    private static readonly string[] AbsentOfServices =
        ["aws:PrincipalTag/", "aws:FederatedProvider", "aws:MultiFactorAuth", "aws:TokenIssueTime", .. AbsentHeaders];

    private static readonly string[] NetworkKeys = ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpcSourceIp"];

    public RequestContext Create(PolicyTarget target, Caller caller, bool? sendsAcl, CallTemplate call)
    {
        var keys = new Dictionary<string, ContextValue>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:SecureTransport"] = ContextValue.Of("true"),
            ["aws:CurrentTime"] = ContextValue.Of(delivery.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ["aws:EpochTime"] = ContextValue.Of(delivery.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        };
        switch (caller.Kind)
        {
            case CallerKind.Service:
                AddServiceKeys(keys, caller.Principal.Id);
                break;
            case CallerKind.Role:
                AddRoleKeys(keys, caller.Principal);
                break;
            default:
                AddAwsOwnedAccountKeys(keys, caller.Principal);
                break;
        }

        if (target == PolicyTarget.Bucket)
        {
            AddBucketKeys(keys, call, sendsAcl);
        }
        else
        {
            AddKeyKeys(keys, caller);
        }

        foreach (var (key, value) in call.Context)
        {
            keys[key] = ContextValue.Like(fill(value));
        }

        foreach (var key in call.UnknownKeys)
        {
            keys[key] = ContextValue.Unknown;
        }

        return new RequestContext(keys, ContextValue.Unknown, caller.Kind == CallerKind.Role ? AbsentHeaders : AbsentOfServices);
    }

    private void AddServiceKeys(Dictionary<string, ContextValue> keys, string service)
    {
        keys["aws:PrincipalIsAWSService"] = ContextValue.Of("true");
        keys["aws:PrincipalServiceName"] = ContextValue.Of(service);
        // The list also holds the principals of single Regions, for services that have such.
        keys["aws:PrincipalServiceNamesList"] = ContextValue.OneOf(ContextValue.Of(service), ContextValue.Of(service, ServicePrincipals.InRegion(service, delivery.Region)));
        keys["aws:ViaAWSService"] = ContextValue.Of("false");
        AddAbsent(keys, NetworkKeys);
        AddAbsent(
            keys,
            "aws:CalledVia",
            "aws:CalledViaFirst",
            "aws:CalledViaLast",
            "aws:PrincipalOrgID",
            "aws:PrincipalOrgPaths",
            "aws:username",
            "aws:userid",
            "aws:Referer",
            "aws:VpceOrgID",
            "aws:VpceOrgPaths",
            "aws:VpceAccount");
        keys["aws:PrincipalArn"] = ContextValue.Internal;
        keys["aws:PrincipalAccount"] = ContextValue.Internal;
        keys["aws:SourceIp"] = ContextValue.Internal;
        keys["aws:SourceArn"] = SourceArn();
        keys["aws:SourceAccount"] = source.SendsSourceAccount ? ContextValue.Of(delivery.AccountId) : ContextValue.Unknown;
        keys["aws:SourceOrgID"] = delivery.OrganizationId is { } organization && !source.SourceOrgIdIsContested
            ? ContextValue.Of(organization)
            : ContextValue.Unknown;
    }

    private ContextValue SourceArn()
    {
        if (sourceArns.Length == 0)
        {
            return ContextValue.Unknown;
        }

        var isLiteral = source.SourceArnIsLiteral && delivery.SourceArn is null;
        return ContextValue.OneOf([.. sourceArns.Select(a => isLiteral ? ContextValue.Of(a) : ContextValue.Like(a))]);
    }

    private void AddRoleKeys(Dictionary<string, ContextValue> keys, RequestPrincipal role)
    {
        AddNotAService(keys);
        AddAbsent(keys, "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths");
        keys["aws:PrincipalArn"] = ContextValue.Of(role.Id);
        keys["aws:PrincipalAccount"] = Known(role.AccountId);
        keys["aws:PrincipalOrgID"] = Known(delivery.OrganizationId);
        if (source.RoleIsUsedInsideAws)
        {
            keys["aws:ViaAWSService"] = ContextValue.Of("false");
            AddAbsent(keys, "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast");
            foreach (var key in NetworkKeys.Append("aws:SourceIp"))
            {
                keys[key] = ContextValue.Internal;
            }
        }
    }

    // To a policy this is a stranger's account: in another organization, or in none, and in no network of the customer's.
    // Whether such a request names the source is not documented.
    private static void AddAwsOwnedAccountKeys(Dictionary<string, ContextValue> keys, RequestPrincipal principal)
    {
        AddNotAService(keys);
        foreach (var key in NetworkKeys)
        {
            keys[key] = ContextValue.Internal;
        }

        keys["aws:SourceIp"] = ContextValue.Internal;
        keys["aws:PrincipalOrgID"] = ContextValue.Internal;
        keys["aws:PrincipalOrgPaths"] = ContextValue.Internal;
        keys["aws:PrincipalAccount"] = principal.AccountId is { } account ? ContextValue.Of(account) : ContextValue.Internal;

        // Which identity of the account it is, the root or a role, is not documented.
        keys["aws:PrincipalArn"] = principal.AccountId is not null && Arn.TryParse(principal.Id, out var arn)
            ? ContextValue.Like($"arn:{arn.Partition}:iam::{arn.AccountId}:*")
            : ContextValue.Internal;
        keys["aws:SourceArn"] = ContextValue.Unknown;
        keys["aws:SourceAccount"] = ContextValue.Unknown;
        keys["aws:SourceOrgID"] = ContextValue.Unknown;
    }

    private static void AddNotAService(Dictionary<string, ContextValue> keys)
    {
        keys["aws:PrincipalIsAWSService"] = ContextValue.Of("false");
        AddAbsent(keys, "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList");
    }

    private void AddBucketKeys(Dictionary<string, ContextValue> keys, CallTemplate call, bool? sendsAcl)
    {
        var writes = call.Action.Equals("s3:PutObject", StringComparison.OrdinalIgnoreCase);
        var setsAcl = writes || call.Action.Equals("s3:PutObjectAcl", StringComparison.OrdinalIgnoreCase);
        keys["s3:x-amz-acl"] = (setsAcl, sendsAcl) switch
        {
            (true, null) => ContextValue.Unknown,
            (true, true) => ContextValue.Of(delivery.ObservedRequest?.Acl ?? BucketOwnerFullControl),
            _ => ContextValue.Absent,
        };
        keys["s3:TlsVersion"] = ContextValue.OneOf(ContextValue.Of("1.2"), ContextValue.Of("1.3"));
        keys["aws:ResourceAccount"] = Known(delivery.Bucket.AccountId);
        keys["s3:ResourceAccount"] = Known(delivery.Bucket.AccountId);
        keys["s3:signatureversion"] = ContextValue.Of("AWS4-HMAC-SHA256");
        AddAbsent(
            keys,
            "s3:x-amz-storage-class",
            "s3:x-amz-copy-source",
            "s3:x-amz-metadata-directive",
            "s3:x-amz-website-redirect-location",
            "s3:x-amz-server-side-encryption-customer-algorithm",
            "s3:DataAccessPointArn",
            "s3:DataAccessPointAccount",
            "s3:AccessPointNetworkOrigin");

        (keys["s3:x-amz-server-side-encryption"], keys["s3:x-amz-server-side-encryption-aws-kms-key-id"]) = (writes, source.SendsEncryptionHeaders) switch
        {
            (true, null) => (ContextValue.Unknown, ContextValue.Unknown),
            (true, true) => (ContextValue.Of("aws:kms"), Known(delivery.KmsKeyArn)),
            _ => (ContextValue.Absent, ContextValue.Absent),
        };
    }

    private void AddKeyKeys(Dictionary<string, ContextValue> keys, Caller caller)
    {
        // With an S3 Bucket Key the context is the bucket's ARN. Source: S3 user guide, bucket-key.
        var objects = ContextValue.Like($"{delivery.BucketArn}/{keyPrefix}*");
        var bucket = ContextValue.Of(delivery.BucketArn);
        keys["kms:EncryptionContext:aws:s3:arn"] = delivery.Bucket.BucketKeyEnabled switch
        {
            true => bucket,
            false => objects,
            null => ContextValue.OneOf(objects, bucket),
        };

        var hasKey = Arn.TryParse(delivery.KmsKeyArn, out var key);
        keys["aws:ResourceAccount"] = hasKey ? ContextValue.Of(key.AccountId) : ContextValue.Unknown;

        // A role's requests reach KMS through S3, as the guides of such sources say. Whether S3 or the source itself calls
        // KMS is not documented for service principals, nor how the value is spelled in the other partitions.
        keys["kms:ViaService"] = caller.Kind == CallerKind.Role && hasKey && key.Partition is ("aws" or "aws-us-gov")
            ? ContextValue.Of($"s3.{key.Region}.amazonaws.com")
            : ContextValue.Unknown;
        keys["kms:CallerAccount"] = caller.Principal.AccountId is { } account ? ContextValue.Of(account) : ContextValue.Internal;
    }

    private static void AddAbsent(Dictionary<string, ContextValue> keys, params string[] names)
    {
        foreach (var name in names)
        {
            keys[name] = ContextValue.Absent;
        }
    }

    private static ContextValue Known(string? value) => value is null ? ContextValue.Unknown : ContextValue.Of(value);
}
