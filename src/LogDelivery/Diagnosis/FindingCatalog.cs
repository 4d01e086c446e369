using LogDelivery.Diagnosis.Causes;
using LogDelivery.Diagnosis.Rules;

namespace LogDelivery.Diagnosis;

/// <summary>Every kind of finding.</summary>
public static class FindingCatalog
{
    /// <summary>Rules for calls that nothing allows. The first to answer names the cause, so the special ones come first.</summary>
    internal static IReadOnlyList<RefusalRule> RefusalRules { get; } =
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
    internal static IReadOnlyList<DenialRule> DenialRules { get; } =
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

    private static readonly FindingRule[] OtherRules =
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
        [.. RefusalRules.Concat<FindingRule>(DenialRules).Concat(OtherRules).OrderBy(r => r.Id, StringComparer.Ordinal)];
}
