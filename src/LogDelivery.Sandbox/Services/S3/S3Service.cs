using System.Xml.Linq;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>S3 over REST and XML: path style, and virtual-host style below <c>.localhost</c>.</summary>
internal sealed class S3Service(SandboxState state) : IApiService
{
    public static readonly XNamespace Namespace = BucketConfiguration.Namespace;

    private readonly S3Objects objects = new(state);

    public string Prefix => "s3";

    public string? OperationOf(ApiRequest request) => S3Operations.Of(request).Operation;

    /// <summary>The IAM action of a request, which has another name than the operation more often than not.</summary>
    public static string ActionOf(ApiRequest request) => S3Operations.Of(request).Action;

    public ApiResponse Handle(ApiRequest request, string operation)
    {
        var target = S3Operations.Of(request);
        var response = target.Operation switch
        {
            "ListBuckets" => ListBuckets(request),
            "CreateBucket" => CreateBucket(request, target.Bucket!),
            _ => OnBucket(request, target),
        };
        return Tag(request, response);
    }

    public ApiResponse Error(ApiRequest request, ApiException error)
    {
        var document = new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message));
        foreach (var (name, value) in error.Details)
        {
            document.Add(new XElement(name, value));
        }

        document.Add(new XElement("RequestId", request.Id), new XElement("HostId", HostId(request)));
        var isBodiless = request.Method == "HEAD" || error.Status == 304;
        var body = isBodiless ? null : System.Text.Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{WireXml.Of(document)}");
        var response = new ApiResponse(error.Status, "application/xml", body) { ErrorCode = error.Code };
        foreach (var (name, value) in error.Headers)
        {
            response.With(name, value);
        }

        return Tag(request, response);
    }

    public ApiException Throttled() => new("SlowDown", "Please reduce your request rate.", 503);

    public ApiException Failed() => new("InternalError", "We encountered an internal error. Please try again.", 500);

    public ApiException Denied(RequestCaller caller, string action)
        => new("AccessDenied", $"User: {caller.Arn} is not authorized to perform: {action} because no identity-based policy allows the {action} action", 403);

    internal static ApiResponse Xml(XElement document)
        => ApiResponse.Xml(200, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{WireXml.Of(document)}");

    private static string HostId(ApiRequest request) => $"sandbox/{request.Id}";

    private static ApiResponse Tag(ApiRequest request, ApiResponse response)
        => response.With("x-amz-request-id", request.Id).With("x-amz-id-2", HostId(request));

    private ApiResponse OnBucket(ApiRequest request, S3Target target)
    {
        if (!state.Buckets.TryGetValue(target.Bucket!, out var bucket))
        {
            throw S3Errors.NoSuchBucket(target.Bucket!);
        }

        if (request.Header("x-amz-expected-bucket-owner") is { Length: > 0 } expected && expected != bucket.Owner)
        {
            throw S3Errors.AccessDenied();
        }

        // Where a bucket is can be asked anywhere; everything else is for the Region's own endpoint.
        if (request.Signature is { Service: "s3" } signature && signature.Region != bucket.Region && target.Operation != "GetBucketLocation")
        {
            throw S3Errors.PermanentRedirect(bucket);
        }

        S3Authorization.Check(state, request, bucket, target);
        return target switch
        {
            { Subresource: "policy" } => Policy(request, bucket),
            { Operation: "HeadBucket" } => new ApiResponse(200, "application/xml").With("x-amz-bucket-region", bucket.Region).With("x-amz-access-point-alias", "false"),
            { Operation: "DeleteBucket" } => DeleteBucket(bucket),
            { Key.Length: > 0 } or { Operation: "ListObjects" or "ListObjectsV2" or "DeleteObjects" or "ListObjectVersions" or "ListMultipartUploads" } => objects.Handle(request, bucket, target),
            { Subresource: not null } => S3Settings.Handle(state, request, bucket, target),
            _ => throw new ApiException("NotImplemented", $"The sandbox does not know s3:{target.Operation}.", 501),
        };
    }

    private ApiResponse ListBuckets(ApiRequest request)
        => Xml(new XElement(
            Namespace + "ListAllMyBucketsResult",
            new XElement(Namespace + "Owner", new XElement(Namespace + "ID", Bucket.CanonicalIdOf(request.Account))),
            new XElement(
                Namespace + "Buckets",
                state.Buckets.Values.Where(b => b.Owner == request.Account).Select(b => new XElement(
                    Namespace + "Bucket",
                    new XElement(Namespace + "Name", b.Name),
                    new XElement(Namespace + "CreationDate", XmlValues.Time(b.Created)),
                    new XElement(Namespace + "BucketRegion", b.Region))))));

    private ApiResponse CreateBucket(ApiRequest request, string name)
    {
        if (!BucketNames.IsValid(name))
        {
            throw new ApiException("InvalidBucketName", "The specified bucket is not valid.") { Details = [new("BucketName", name)] };
        }

        var region = request.Region;
        if (request.Body.Length > 0)
        {
            var constraint = XElement.Parse(request.BodyText).Elements().FirstOrDefault(e => e.Name.LocalName == "LocationConstraint")?.Value.Trim();
            region = constraint switch
            {
                null or "" => region,
                "EU" => "eu-west-1",
                _ => constraint,
            };
            if (request.Signature is { } signature && constraint is { Length: > 0 } && region != signature.Region && signature.Region != "us-east-1")
            {
                throw new ApiException("IllegalLocationConstraintException", $"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to.");
            }
        }

        if (state.Buckets.TryGetValue(name, out var existing))
        {
            if (existing.Owner != request.Account)
            {
                throw new ApiException("BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.", 409) { Details = [new("BucketName", name)] };
            }

            // Only in us-east-1 is creating one's own bucket again no error. Source: S3 API reference, CreateBucket.
            if (existing.Region != "us-east-1")
            {
                throw new ApiException("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409) { Details = [new("BucketName", name)] };
            }
        }
        else
        {
            var bucket = new Bucket(name, request.Account, region, state.Now);
            if (request.Header("x-amz-object-ownership") is { } ownership)
            {
                bucket.Configuration.Set("ownershipControls", new XElement(Namespace + "OwnershipControls", new XElement(Namespace + "Rule", new XElement(Namespace + "ObjectOwnership", ownership))));
            }

            if (request.Header("x-amz-bucket-object-lock-enabled") is "true" or "True")
            {
                bucket.Configuration.Set("object-lock", new XElement(Namespace + "ObjectLockConfiguration", new XElement(Namespace + "ObjectLockEnabled", "Enabled")));
                bucket.Configuration.Set("versioning", new XElement(Namespace + "VersioningConfiguration", new XElement(Namespace + "Status", "Enabled")));
            }

            state.Buckets.Add(name, bucket);
        }

        return new ApiResponse(200).With("Location", $"/{name}").With("x-amz-bucket-arn", $"arn:{SandboxState.PartitionOf(region)}:s3:::{name}");
    }

    private ApiResponse DeleteBucket(Bucket bucket)
    {
        if (bucket.Objects.Count > 0)
        {
            throw new ApiException("BucketNotEmpty", "The bucket you tried to delete is not empty", 409) { Details = [new("BucketName", bucket.Name)] };
        }

        state.Buckets.Remove(bucket.Name);
        return new ApiResponse(204);
    }

    private ApiResponse Policy(ApiRequest request, Bucket bucket)
    {
        switch (request.Method)
        {
            case "PUT":
                var document = BucketPolicyCheck.Validate(bucket, request.Body);
                if (bucket.Configuration.BlocksPublicPolicies && BucketPolicyCheck.IsPublic(document.Text))
                {
                    throw S3Errors.AccessDenied(request.Caller, "s3:PutBucketPolicy", bucket.Arn, "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
                }

                PolicyWrites.Set(state, bucket.Policy, document.Text, document);
                state.PolicyWrites.Add(new(state.Now, request.Id, request.Caller.Arn, bucket.Region, bucket.Name, document.Text));
                return new ApiResponse(204);
            case "DELETE":
                PolicyWrites.Set(state, bucket.Policy, null, null);
                state.PolicyWrites.Add(new(state.Now, request.Id, request.Caller.Arn, bucket.Region, bucket.Name, null));
                return new ApiResponse(204);
            default:
                var text = bucket.Policy.Read(state.Now) ?? throw S3Errors.NoSuchPolicy(bucket.Name);
                state.Faults.AfterPolicyRead(bucket);
                return new ApiResponse(200, "application/json", System.Text.Encoding.UTF8.GetBytes(text));
        }
    }
}
