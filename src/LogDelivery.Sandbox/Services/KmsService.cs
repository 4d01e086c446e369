using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>KMS: keys, their policies and states. Nothing is encrypted.</summary>
internal sealed class KmsService : JsonService
{
    private const string PolicyName = "default";

    private readonly SandboxState state;

    public KmsService(SandboxState state)
        : base("kms", "TrentService")
    {
        this.state = state;
        On("CreateKey", CreateKey);
        On("DescribeKey", call => new JsonObject { ["KeyMetadata"] = Metadata(KeyOf(call)) });
        On("GetKeyPolicy", GetKeyPolicy);
        On("PutKeyPolicy", PutKeyPolicy);
        On("ListKeyPolicies", call => KeyOf(call) is var _ ? new JsonObject { ["PolicyNames"] = new JsonArray(PolicyName), ["Truncated"] = false } : null);
        On("EnableKey", call => Switch(call, "Enabled"));
        On("DisableKey", call => Switch(call, "Disabled"));
        On("ScheduleKeyDeletion", ScheduleKeyDeletion);
        On("CancelKeyDeletion", CancelKeyDeletion);
        On("ListKeys", ListKeys);
        On("ListAliases", ListAliases);
        On("CreateAlias", CreateAlias);
        On("GetKeyRotationStatus", call => KeyOf(call) is var _ ? new JsonObject { ["KeyRotationEnabled"] = false } : null);
    }

    private static JsonObject Metadata(KmsKey key) => new JsonObject
    {
        ["AWSAccountId"] = key.Account,
        ["KeyId"] = key.Id,
        ["Arn"] = key.Arn,
        ["CreationDate"] = WireValues.Time(key.Created),
        ["Enabled"] = key.KeyState == "Enabled",
        ["Description"] = key.Description,
        ["KeyUsage"] = key.KeyUsage,
        ["KeyState"] = key.KeyState,
        ["Origin"] = "AWS_KMS",
        ["KeyManager"] = "CUSTOMER",
        ["CustomerMasterKeySpec"] = key.KeySpec,
        ["KeySpec"] = key.KeySpec,
        ["MultiRegion"] = false,
    }.With("DeletionDate", WireValues.Time(key.DeletionDate));

    private static PolicyDocument Parse(string text)
        => PolicyDocument.TryParse(text, PolicyKind.Key, out var document, out var problems)
            ? document!
            : throw new ApiException("MalformedPolicyDocumentException", problems.First(p => p.Severity == PolicyProblemSeverity.Error).ToString());

    private JsonObject CreateKey(JsonCall call)
    {
        var count = state.AccountOf(call.Account).Keys.Count;
        var key = new KmsKey(GeneratedNames.Guid($"key/{call.Account}/{call.Region}/{count}"), call.Account, call.Region, state.Now)
        {
            Description = call.Text("Description") ?? string.Empty,
            KeyUsage = call.Text("KeyUsage") ?? "ENCRYPT_DECRYPT",
            KeySpec = call.Text("KeySpec") ?? call.Text("CustomerMasterKeySpec") ?? "SYMMETRIC_DEFAULT",
        };
        var policy = Parse(call.Text("Policy") ?? DefaultPolicies.Key(call.Account, call.Region));
        key.Policy.Set(policy.Text, policy);
        state.AccountOf(call.Account).Keys.Add(key.Arn, key);
        return new JsonObject { ["KeyMetadata"] = Metadata(key) };
    }

    // Another account's key is named by its ARN, and its policy must allow the caller.
    private KmsKey KeyOf(JsonCall call)
    {
        var name = call.Text("KeyId") ?? throw new ApiException("ValidationException", "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null");
        var account = Arn.TryParse(name, out var arn) ? arn.AccountId : call.Account;
        var key = (Arn.IsAccountId(account) ? state.AccountOf(account).FindKey(name, call.Region) : null)
            ?? throw new ApiException("NotFoundException", name.StartsWith("alias/", StringComparison.Ordinal) ? $"Alias {name} is not found." : $"Key '{name}' does not exist");
        if (key.Region != call.Region)
        {
            throw new ApiException("NotFoundException", $"Invalid arn {key.Region}");
        }

        if (key.Account != call.Account)
        {
            Authorize(call, key);
        }

        return key;
    }

    private void Authorize(JsonCall call, KmsKey key)
    {
        var action = $"kms:{call.Request.Header("X-Amz-Target")?.Split('.')[^1]}";
        var context = new RequestContext(new Dictionary<string, ContextValue>
        {
            ["aws:PrincipalArn"] = ContextValue.Of(call.Request.Caller.Arn),
            ["aws:PrincipalAccount"] = ContextValue.Of(call.Account),
            ["kms:CallerAccount"] = ContextValue.Of(call.Account),
            ["aws:SecureTransport"] = ContextValue.Of("true"),
        });
        if (key.Policy.DocumentAt(state.Now).Evaluate(new PolicyRequest(RequestPrincipal.Aws(call.Request.Caller.Arn), action, key.Arn, context)).Verdict != Verdict.Allowed)
        {
            throw ApiException.AccessDenied(call.Request.Caller, action, key.Arn);
        }
    }

    private JsonObject GetKeyPolicy(JsonCall call)
    {
        var text = KeyOf(call).Policy.Read(state.Now);
        return new JsonObject { ["Policy"] = text, ["PolicyName"] = PolicyName };
    }

    private JsonObject? PutKeyPolicy(JsonCall call)
    {
        var key = KeyOf(call);
        var text = call.Text("Policy") ?? string.Empty;
        if (System.Text.Encoding.UTF8.GetByteCount(text) > PolicyDocument.MaxKeyPolicyBytes)
        {
            throw new ApiException("LimitExceededException", $"The policy exceeds the maximum of {PolicyDocument.MaxKeyPolicyBytes} bytes.");
        }

        var document = Parse(text);
        PolicyWrites.Set(state, key.Policy, text, document);
        return null;
    }

    private JsonObject? Switch(JsonCall call, string to)
    {
        var key = KeyOf(call);
        if (key.KeyState is not ("Enabled" or "Disabled"))
        {
            throw new ApiException("KMSInvalidStateException", $"{key.Arn} is pending deletion.");
        }

        key.KeyState = to;
        return null;
    }

    private JsonObject ScheduleKeyDeletion(JsonCall call)
    {
        var key = KeyOf(call);
        var days = call.Number("PendingWindowInDays") ?? 30;
        if (days is < 7 or > 30)
        {
            throw new ApiException("ValidationException", "The waiting period must be between 7 and 30 days.");
        }

        key.KeyState = "PendingDeletion";
        key.DeletionDate = state.Now.AddDays(days);
        return new JsonObject { ["KeyId"] = key.Arn, ["DeletionDate"] = WireValues.Time(key.DeletionDate), ["KeyState"] = key.KeyState, ["PendingWindowInDays"] = days };
    }

    private JsonObject CancelKeyDeletion(JsonCall call)
    {
        var key = KeyOf(call);
        (key.KeyState, key.DeletionDate) = ("Disabled", null);
        return new JsonObject { ["KeyId"] = key.Arn };
    }

    private JsonObject ListKeys(JsonCall call) => new()
    {
        ["Keys"] = new JsonArray([.. state.AccountOf(call.Account).Keys.Values.Where(k => k.Region == call.Region).Select(k => new JsonObject { ["KeyId"] = k.Id, ["KeyArn"] = k.Arn })]),
        ["Truncated"] = false,
    };

    private JsonObject ListAliases(JsonCall call)
    {
        var only = call.Has("KeyId") ? KeyOf(call).Arn : null;
        var aliases = state.AccountOf(call.Account).KeyAliases
            .Where(a => a.Key.StartsWith($"{call.Region}/", StringComparison.Ordinal) && (only is null || a.Value == only))
            .Select(a => (Name: a.Key[(call.Region.Length + 1)..], Key: a.Value));
        return new JsonObject
        {
            ["Aliases"] = new JsonArray([.. aliases.Select(a => new JsonObject
            {
                ["AliasName"] = a.Name,
                ["AliasArn"] = $"arn:{SandboxState.PartitionOf(call.Region)}:kms:{call.Region}:{call.Account}:{a.Name}",
                ["TargetKeyId"] = a.Key[(a.Key.LastIndexOf('/') + 1)..],
            })]),
            ["Truncated"] = false,
        };
    }

    private JsonObject? CreateAlias(JsonCall call)
    {
        var name = call.Text("AliasName");
        if (name is null || !name.StartsWith("alias/", StringComparison.Ordinal) || name.StartsWith("alias/aws/", StringComparison.Ordinal))
        {
            throw new ApiException("InvalidAliasNameException", "An alias begins with alias/ and not with alias/aws/.");
        }

        var account = state.AccountOf(call.Account);
        var key = account.FindKey(call.Text("TargetKeyId") ?? string.Empty, call.Region) ?? throw new ApiException("NotFoundException", $"Key '{call.Text("TargetKeyId")}' does not exist");
        if (!account.KeyAliases.TryAdd($"{call.Region}/{name}", key.Arn))
        {
            throw new ApiException("AlreadyExistsException", $"An alias with the name {name} already exists");
        }

        return null;
    }
}
