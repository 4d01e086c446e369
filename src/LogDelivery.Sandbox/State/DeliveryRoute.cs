using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.State;

/// <summary>
/// One configured source and its destination. It judges every object that the source writes: by the bucket's existence, its
/// settings, its policy, the key's state and the key's policy. The calls are the catalog's, the verdicts the engine's; only
/// the object's key is the real one.
/// </summary>
internal sealed class DeliveryRoute(Delivery template)
{
    private Circumstances? circumstances;
    private Delivery current = template;
    private IReadOnlyList<RequiredCall> calls = [];
    private WriteRefusal? standing;

    /// <summary>The delivery as configured.</summary>
    public Delivery Template { get; } = template;

    /// <summary>The ARN of the key that the last object was to be encrypted with, if any.</summary>
    public string? KmsKeyArn => current.KmsKeyArn;

    /// <summary>Judges the write of one object.</summary>
    /// <param name="state">The sandbox.</param>
    /// <param name="callName">The name of the write in the source catalog; the first write when null.</param>
    /// <param name="key">The object's key.</param>
    public WriteRefusal? Judge(SandboxState state, string? callName, string key)
    {
        if (!state.Buckets.TryGetValue(Template.BucketName, out var bucket))
        {
            return new("NoSuchBucket", "The specified bucket does not exist", 404, $"the bucket {Template.BucketName} does not exist");
        }

        Refresh(state, bucket);
        if (standing is not null)
        {
            return standing;
        }

        var bucketPolicy = bucket.Policy.DocumentAt(state.Now);
        var write = FindWrite(callName);
        if (write is null)
        {
            return WriteRefusal.AccessDenied($"{Template.Source.Id} writes nothing that is called {callName ?? "a log file"}");
        }

        var resource = $"{bucket.Arn}/{key}";
        return Refusal(state, write, bucketPolicy, resource)
            ?? calls.Where(c => IsOnObject(c, bucket) && !c.IsOptional && !IsWrite(c))
                .Select(c => Refusal(state, c, bucketPolicy, resource))
                .FirstOrDefault(f => f is not null)
            ?? calls.Where(c => c.Target == PolicyTarget.Key && !c.IsOptional)
                .Select(c => Refusal(state, WithObject(c, resource), KeyPolicy(state), c.Request.Resource))
                .FirstOrDefault(f => f is not null);
    }

    /// <summary>Finds the first write in the catalog, for a source that is not simulated in detail.</summary>
    public RequiredCall? FindWrite(string? callName)
        => calls.FirstOrDefault(c => IsWrite(c) && !c.IsOptional && (callName is null || c.Name == callName));

    /// <summary>Updates the calls without judging a write.</summary>
    public void Refresh(SandboxState state)
    {
        if (state.Buckets.TryGetValue(Template.BucketName, out var bucket))
        {
            Refresh(state, bucket);
        }
    }

    private static bool IsWrite(RequiredCall call)
        => call.Target == PolicyTarget.Bucket && call.Request.Action.Equals("s3:PutObject", StringComparison.OrdinalIgnoreCase);

    // What a source does with objects is judged by the key of each; the catalog has an example of one.
    private static bool IsOnObject(RequiredCall call, Bucket bucket)
        => call.Target == PolicyTarget.Bucket && call.Request.Resource.StartsWith($"{bucket.Arn}/", StringComparison.Ordinal);

    private static bool DependsOnTime(PolicyDocument policy)
        => policy.Text.Contains("aws:CurrentTime", StringComparison.OrdinalIgnoreCase) || policy.Text.Contains("aws:EpochTime", StringComparison.OrdinalIgnoreCase);

    private void Refresh(SandboxState state, Bucket bucket)
    {
        var key = KeyInPlay(state, bucket);
        var keyPolicy = key?.Policy.DocumentAt(state.Now);
        var bucketPolicy = bucket.Policy.DocumentAt(state.Now);
        var now = new Circumstances(bucket, bucket.Configuration.ChangeCount, bucketPolicy, keyPolicy, key?.KeyState, state.Organization);
        if (now == circumstances && !DependsOnTime(bucketPolicy) && (keyPolicy is null || !DependsOnTime(keyPolicy)))
        {
            return;
        }

        circumstances = now;
        var keyArn = key?.Arn ?? Template.KmsKeyArn ?? (bucket.Configuration.Encryption is BucketEncryption.SseKms or BucketEncryption.DsseKms ? ArnOfMissingKey(bucket) : null);
        current = Template with { KmsKeyArn = keyArn, Bucket = bucket.ToSettings(key?.KeyState), Time = state.Now };
        calls = [.. Template.Source.GetRequiredCalls(current).Select(c => Settle(state, c))];
        standing = KeyFailure(bucket, key, keyArn)
            ?? SettingsFailure()
            ?? calls.Where(c => c.Target == PolicyTarget.Bucket && !c.IsOptional && !IsOnObject(c, bucket))
                .Select(c => Refusal(state, c, bucketPolicy, c.Request.Resource))
                .FirstOrDefault(f => f is not null);
    }

    private KmsKey? KeyInPlay(SandboxState state, Bucket bucket)
    {
        if (Template.KmsKeyArn is { } configured)
        {
            return state.FindKey(configured);
        }

        return bucket.Configuration.Encryption is BucketEncryption.SseKms or BucketEncryption.DsseKms && bucket.Configuration.KmsKeyId is { } id
            ? id.StartsWith("arn:", StringComparison.Ordinal) ? state.FindKey(id) : state.AccountOf(bucket.Owner).FindKey(id, bucket.Region)
            : null;
    }

    private static string ArnOfMissingKey(Bucket bucket)
        => bucket.Configuration.KmsKeyId is { } id && id.StartsWith("arn:", StringComparison.Ordinal)
            ? id
            : $"arn:{SandboxState.PartitionOf(bucket.Region)}:kms:{bucket.Region}:{bucket.Owner}:key/{bucket.Configuration.KmsKeyId}";

    // S3 passes on what KMS says about a key's state, and reports a refusal by its policy as plain AccessDenied.
    // Source: S3 API reference, ErrorResponses.
    private static WriteRefusal? KeyFailure(Bucket bucket, KmsKey? key, string? keyArn) => (keyArn, key) switch
    {
        (null, _) => null,
        (_, null) => new("KMS.NotFoundException", $"Key '{keyArn}' does not exist", 400, "the KMS key does not exist"),
        _ when key.Region != bucket.Region => new("KMS.NotFoundException", $"Key '{keyArn}' does not exist", 400, $"the KMS key is in {key.Region}, the bucket in {bucket.Region}"),
        _ when key.KeyUsage != "ENCRYPT_DECRYPT" || key.KeySpec != "SYMMETRIC_DEFAULT" => new("KMS.InvalidKeyUsageException", $"{keyArn} key usage is {key.KeyUsage} which is not valid for GenerateDataKey.", 400, "the KMS key is of the wrong kind"),
        _ when key.KeyState == "Disabled" => new("KMS.DisabledException", $"{keyArn} is disabled.", 400, "the KMS key is disabled"),
        _ when key.KeyState != "Enabled" => new("KMS.KMSInvalidStateException", $"{keyArn} is pending {(key.KeyState == "PendingDeletion" ? "deletion" : "import")}.", 400, $"the KMS key is {key.KeyState}"),
        _ => null,
    };

    private WriteRefusal? SettingsFailure()
    {
        var finding = PolicyTest.InspectSettings(current).FirstOrDefault(f => f.SeverityValue == FindingSeverity.Blocks);
        return finding?.Id switch
        {
            null => null,
            "LD0046" => new("PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.", 301, finding.Evidence),
            "LD0048" => new("InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters", 400, finding.Evidence),
            "LD0050" => new("AccessControlListNotSupported", "The bucket does not allow ACLs", 400, finding.Evidence),
            _ => WriteRefusal.AccessDenied(finding.Evidence),
        };
    }

    private PolicyDocument KeyPolicy(SandboxState state)
        => (current.KmsKeyArn is { } arn ? state.FindKey(arn)?.Policy.DocumentAt(state.Now) : null) ?? PolicyDocument.Empty(PolicyKind.Key);

    private static WriteRefusal? Refusal(SandboxState state, RequiredCall call, PolicyDocument policy, string resource)
    {
        var refusal = RefusalOf(state, call, call.Request, policy, resource);
        return refusal is not null && call.AlternativeRequest is { } other && RefusalOf(state, call, other, policy, resource) is null ? null : refusal;
    }

    private static WriteRefusal? RefusalOf(SandboxState state, RequiredCall call, PolicyRequest template, PolicyDocument policy, string resource)
    {
        var request = template.Resource == resource ? template : new PolicyRequest(template.Principal, template.Action, resource, template.Context);
        if (call.Delivery.Source.Family == DeliveryFamily.CustomerRole)
        {
            return RoleRefusal(state, call, request, policy);
        }

        var verdict = policy.Evaluate(request).Verdict;
        if (verdict == Verdict.Unknown)
        {
            // What is left of the unknown is the form of a value; the sandbox gives the benefit of the doubt.
            verdict = policy.Explain(request).IsRefused ? Verdict.ImplicitDeny : Verdict.Allowed;
        }

        return verdict switch
        {
            Verdict.Allowed when call.AlsoNeeds is null => null,
            Verdict.Allowed => IdentityRefusal(state, request),
            Verdict.ImplicitDeny when call.AllowedElsewhere == "the bucket's ACL" => null,
            Verdict.ImplicitDeny when call.AllowedElsewhere is not null => IdentityRefusal(state, request),
            _ => WriteRefusal.AccessDenied($"{request}: {policy.Explain(request).Reason}"),
        };
    }

    // A role of the customer's is judged by all that decides about it together, as in AWS.
    private static WriteRefusal? RoleRefusal(SandboxState state, RequiredCall call, PolicyRequest request, PolicyDocument policy)
    {
        if (state.FindRole(request.Principal.Id) is not { } role)
        {
            return WriteRefusal.AccessDenied($"{request}: the role does not exist");
        }

        var isKey = call.Target == PolicyTarget.Key;
        var explanation = AccessEvaluation.Explain(request, IdentityPolicies.Of(state, role) with
        {
            Resource = new(isKey ? "the key policy" : "the bucket policy", policy),
            ResourceMustAllow = isKey,
            ResourceAccountId = isKey && Arn.TryParse(request.Resource, out var key) ? key.AccountId : call.Delivery.Bucket.AccountId,
        });

        // What is left of the unknown is the form of a value; the sandbox gives the benefit of the doubt.
        return explanation.IsRefused ? WriteRefusal.AccessDenied($"{request}: {explanation.Reason}") : null;
    }

    // Without an S3 Bucket Key the encryption context names the object itself.
    private RequiredCall WithObject(RequiredCall call, string resource)
    {
        const string Context = "kms:EncryptionContext:aws:s3:arn";
        if (call.Delivery.Source.Family != DeliveryFamily.CustomerRole || current.Bucket.BucketKeyEnabled == true)
        {
            return call;
        }

        var request = call.Request;
        return call with { Request = new(request.Principal, request.Action, request.Resource, request.Context.With(Context, ContextValue.Of(resource))) };
    }

    // A role that the sandbox knows is judged by its policies; one that it does not know cannot be assumed.
    private static WriteRefusal? IdentityRefusal(SandboxState state, PolicyRequest request)
        => state.FindRole(request.Principal.Id) is { } role && IdentityPolicies.Allow(state, role, request)
            ? null
            : WriteRefusal.AccessDenied($"{request}: the role's own policies do not allow it");

    // The engine keeps apart what cannot be known from outside; here it can be known, so every key is made definite.
    private RequiredCall Settle(SandboxState state, RequiredCall call)
        => call with { Request = Settle(state, call.Request), AlternativeRequest = call.AlternativeRequest is { } other ? Settle(state, other) : null };

    private PolicyRequest Settle(SandboxState state, PolicyRequest request)
    {
        var keys = new Dictionary<string, ContextValue>(StringComparer.Ordinal);
        foreach (var (key, value) in request.Context.Entries)
        {
            keys[key] = value.Knowledge switch
            {
                ContextKnowledge.Unknown => ContextValue.Absent,
                ContextKnowledge.OneOf => value.Alternatives[0],
                _ => value,
            };
        }

        var isService = request.Principal.Type == PrincipalType.Service;
        if (isService && state.OrganizationOf(Template.AccountId) is { } organization)
        {
            keys["aws:sourceorgid"] = ContextValue.Of(organization);
            keys["aws:sourceorgpaths"] = ContextValue.Of($"{organization}/r-exampleroot/");
        }

        if (state.OrganizationOf(current.Bucket.AccountId ?? string.Empty) is { } owner)
        {
            keys["aws:resourceorgid"] = ContextValue.Of(owner);
        }

        return new PolicyRequest(request.Principal, request.Action, request.Resource, new RequestContext(keys, ContextValue.Absent));
    }

    /// <summary>The state that a verdict depends on; while it is unchanged, the calls are unchanged too.</summary>
    private sealed record Circumstances(Bucket Bucket, int Settings, PolicyDocument BucketPolicy, PolicyDocument? KeyPolicy, string? KeyState, SandboxOrganization? Organization);
}
