using System.Xml;
using System.Xml.Linq;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>The subresources of a bucket that are documents of their own.</summary>
internal static class S3Settings
{
    private static readonly XNamespace Namespace = S3Service.Namespace;
    private static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema-instance";

    // What S3 says where nothing is configured; the others answer with an empty document.
    private static readonly Dictionary<string, (string Code, string Message)> Missing = new(StringComparer.Ordinal)
    {
        ["encryption"] = ("ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found"),
        ["ownershipControls"] = ("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
        ["publicAccessBlock"] = ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
        ["object-lock"] = ("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
        ["tagging"] = ("NoSuchTagSet", "The TagSet does not exist"),
        ["lifecycle"] = ("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
        ["cors"] = ("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
        ["website"] = ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        ["replication"] = ("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
    };

    public static ApiResponse Handle(SandboxState state, ApiRequest request, Bucket bucket, S3Target target)
    {
        var name = target.Subresource!;
        switch (request.Method)
        {
            case "PUT" when name == "acl":
                return PutAcl(request, bucket);
            case "PUT" when name is "location" or "policyStatus":
                throw new ApiException("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
            case "PUT":
                Put(state, request, bucket, name);
                return new ApiResponse(200);
            case "DELETE":
                Delete(bucket, name);
                return new ApiResponse(204);
            default:
                return S3Service.Xml(Get(state, bucket, name));
        }
    }

    private static void Set(Bucket bucket, string name, string xml)
    {
        try
        {
            bucket.Configuration.Set(name, xml);
        }
        catch (XmlException exception)
        {
            throw new ApiException("MalformedXML", $"The XML you provided was not well-formed or did not validate against our published schema: {exception.Message}");
        }
    }

    private static void Put(SandboxState state, ApiRequest request, Bucket bucket, string name)
    {
        var before = bucket.Configuration.AccessLog;
        Set(bucket, name, request.BodyText);
        if (name != "logging" || bucket.Configuration.AccessLog is not { } log)
        {
            return;
        }

        var problem = !state.Buckets.TryGetValue(log.Bucket, out var target) ? ("InvalidTargetBucketForLogging", "The target bucket for logging does not exist", 400)
            : target.Owner != bucket.Owner ? ("InvalidTargetBucketForLogging", "The owner for the bucket to be logged and the target bucket must be the same.", 400)
            : target.Region != bucket.Region ? ("CrossLocationLoggingProhibited", "Cross S3 location logging not allowed.", 403)
            : ((string Code, string Message, int Status)?)null;
        if (problem is { } found)
        {
            bucket.Configuration.Remove(name);
            if (before is { } old)
            {
                bucket.Configuration.Set(name, new XElement(Namespace + "BucketLoggingStatus", new XElement(Namespace + "LoggingEnabled", new XElement(Namespace + "TargetBucket", old.Bucket), new XElement(Namespace + "TargetPrefix", old.Prefix))));
            }

            throw new ApiException(found.Code, found.Message, found.Status);
        }
    }

    // Encryption cannot be switched off: it goes back to what every bucket has.
    private static void Delete(Bucket bucket, string name)
    {
        if (name == "encryption")
        {
            bucket.Configuration.Set(name, new BucketConfiguration().Find(name)!);
        }
        else
        {
            bucket.Configuration.Remove(name);
        }
    }

    private static XElement Get(SandboxState state, Bucket bucket, string name) => name switch
    {
        // us-east-1 has no location constraint. Source: S3 API reference, GetBucketLocation.
        "location" => new XElement(Namespace + "LocationConstraint", bucket.Region == "us-east-1" ? null : bucket.Region),
        "policyStatus" => bucket.Policy.Read(state.Now) is { } policy
            ? new XElement(Namespace + "PolicyStatus", new XElement(Namespace + "IsPublic", BucketPolicyCheck.IsPublic(policy) ? "TRUE" : "FALSE"))
            : throw S3Errors.NoSuchPolicy(bucket.Name),
        "acl" => bucket.Configuration.Find("acl") ?? DefaultAcl(bucket),
        _ => bucket.Configuration.Find(name) ?? Absent(bucket, name),
    };

    private static XElement Absent(Bucket bucket, string name) => name switch
    {
        _ when Missing.TryGetValue(name, out var error) => throw new ApiException(error.Code, error.Message, 404) { Details = [new("BucketName", bucket.Name)] },
        "requestPayment" => new XElement(Namespace + "RequestPaymentConfiguration", new XElement(Namespace + "Payer", "BucketOwner")),
        "logging" => new XElement(Namespace + "BucketLoggingStatus"),
        "versioning" => new XElement(Namespace + "VersioningConfiguration"),
        "notification" => new XElement(Namespace + "NotificationConfiguration"),
        "accelerate" => new XElement(Namespace + "AccelerateConfiguration"),
        _ => throw new ApiException("NotImplemented", $"The sandbox does not know the subresource {name}.", 501),
    };

    private static XElement DefaultAcl(Bucket bucket)
    {
        var owner = Bucket.CanonicalIdOf(bucket.Owner);
        return new XElement(
            Namespace + "AccessControlPolicy",
            new XElement(Namespace + "Owner", new XElement(Namespace + "ID", owner)),
            new XElement(
                Namespace + "AccessControlList",
                new XElement(
                    Namespace + "Grant",
                    new XElement(
                        Namespace + "Grantee",
                        new XAttribute(XNamespace.Xmlns + "xsi", Schema.NamespaceName),
                        new XAttribute(Schema + "type", "CanonicalUser"),
                        new XElement(Namespace + "ID", owner)),
                    new XElement(Namespace + "Permission", "FULL_CONTROL"))));
    }

    private static ApiResponse PutAcl(ApiRequest request, Bucket bucket)
    {
        var isOwnersOnly = request.Header("x-amz-acl") is "private" or "bucket-owner-full-control";
        if (bucket.Configuration.Ownership == LogDelivery.Sources.ObjectOwnership.BucketOwnerEnforced && !isOwnersOnly)
        {
            throw new ApiException("AccessControlListNotSupported", "The bucket does not allow ACLs");
        }

        if (request.Body.Length > 0)
        {
            Set(bucket, "acl", request.BodyText);
        }

        return new ApiResponse(200);
    }
}
