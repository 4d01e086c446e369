using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of AWS KMS.</summary>
internal static class KmsOperations
{
    public static JsonOperation<DescribeKeyInput, DescribeKeyOutput> DescribeKey { get; } = new(ServiceModels.Kms, KmsJson.Default);

    public static JsonOperation<GetKeyPolicyInput, GetKeyPolicyOutput> GetKeyPolicy { get; } = new(ServiceModels.Kms, KmsJson.Default);

    public static JsonOperation<PutKeyPolicyInput, NoOutput> PutKeyPolicy { get; } = new(ServiceModels.Kms, KmsJson.Default);

    public static JsonOperation<ListAliasesInput, ListAliasesOutput> ListAliases { get; } = new(ServiceModels.Kms, KmsJson.Default);

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeKey, GetKeyPolicy, PutKeyPolicy, ListAliases];
}

internal sealed record DescribeKeyInput(string KeyId);

internal sealed record DescribeKeyOutput(KeyMetadata? KeyMetadata);

internal sealed record KeyMetadata
{
    public string? Arn { get; init; }

    public string? KeyState { get; init; }

    public string? KeyManager { get; init; }

    public DateTime? DeletionDate { get; init; }
}

/// <summary>A key has one policy, of this name.</summary>
internal sealed record GetKeyPolicyInput(string KeyId, string PolicyName = "default");

internal sealed record GetKeyPolicyOutput(string? Policy);

internal sealed record PutKeyPolicyInput(string KeyId, string Policy, string PolicyName = "default");

internal sealed record ListAliasesInput(string? Marker = null, int? Limit = null);

internal sealed record ListAliasesOutput(IReadOnlyList<AliasEntry>? Aliases, bool? Truncated, string? NextMarker);

internal sealed record AliasEntry(string? AliasName, string? TargetKeyId);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochTimeConverter)])]
[JsonSerializable(typeof(DescribeKeyInput))]
[JsonSerializable(typeof(DescribeKeyOutput))]
[JsonSerializable(typeof(GetKeyPolicyInput))]
[JsonSerializable(typeof(GetKeyPolicyOutput))]
[JsonSerializable(typeof(PutKeyPolicyInput))]
[JsonSerializable(typeof(NoOutput))]
[JsonSerializable(typeof(ListAliasesInput))]
[JsonSerializable(typeof(ListAliasesOutput))]
internal sealed partial class KmsJson : JsonSerializerContext;
