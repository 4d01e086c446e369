using LogDelivery.Diagnosis.Causes;
using LogDelivery.Diagnosis.Rules;

namespace LogDelivery.Diagnosis;

/// <summary>Every rule that inspects policies and settings. A new rule has to be added here, at the place that decides its precedence.</summary>
internal static class FindingRules
{
    /// <summary>Rules for calls that nothing allows. The first to answer names the cause, so the special ones come first.</summary>
    public static IReadOnlyList<RefusalRule> Refusals { get; } =
    [
        new OtherBucketRule(),
        new EncryptionContextRule(),
        new KeyPolicyRule(),
        new WrongPrincipalRule(),
        new MissingActionRule(),
        new OrganizationPathRule(),
        new PartOfFilesRule(),
        new KeyPathRule(),
        new LiteralWildcardRule(),
        new AclDemandedRule(),
        new AbsentKeyRule(),
        new SourceArnRule(),
        new SourceAccountRule(),
        new OtherConditionRule(),
        new NoStatementAllowsRule(),
    ];

    /// <summary>Rules for calls that a statement denies. Here too the first to answer names the cause.</summary>
    public static IReadOnlyList<DenialRule> Denials { get; } =
    [
        new KeyDenialRule(),
        new OrganizationPerimeterRule(),
        new NetworkPerimeterRule(),
        new EncryptionHeaderRule(),
        new PrincipalListRule(),
        new AclDenialRule(),
        new SourceListRule(),
        new OtherDenialRule(),
    ];

    private static readonly FindingRule[] Others =
    [
        new AwsManagedKeyRule(),
        new KeyByIdRule(),
        new KeyRegionRule(),
        new KeyStateRule(),
        new EncryptionKindRule(),
        new KeyMandatoryRule(),
        new BucketRegionRule(),
        new BucketAccountRule(),
        new ObjectLockRule(),
        new RequesterPaysRule(),
        new ObjectOwnershipRule(),
        new BucketNameRule(),
        new PrefixRule(),
        new OptInRegionRule(),
        new LogLoopRule(),
        new DualLayerRule(),
        new PrefixSlashRule(),
        new UnguardedRule(),
        new WideResourceRule(),
        new LegacyAccountRule(),
        new UnknownKeyRule(),
        new ContestedAclRule(),
        new OptionalCallRule(),
        new NegatedElementRule(),
        new PolicySizeRule(),
    ];

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
        [.. Refusals.Concat<FindingRule>(Denials).Concat(Others).OrderBy(r => r.Kind.Id, StringComparer.Ordinal)];
}
