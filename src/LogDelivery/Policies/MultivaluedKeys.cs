namespace LogDelivery.Policies;

/// <summary>
/// The condition keys that AWS defines as multivalued. A condition on one needs <c>ForAllValues:</c> or
/// <c>ForAnyValue:</c>; without it, nothing matches. Source: IAM user guide,
/// reference_policies_condition-single-vs-multi-valued-context-keys and reference_policies_condition-keys; for KMS the
/// KMS developer guide, policy-conditions.
/// </summary>
internal static class MultivaluedKeys
{
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:tagkeys",
        "aws:vpceorgpaths",
        "kms:encryptioncontextkeys",
        "kms:grantoperations",
        "s3:requestobjecttagkeys",
    };

    public static bool Contains(string lowerCaseKey) => Keys.Contains(lowerCaseKey);
}
