using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>What to say and to do about a condition that cannot be decided.</summary>
internal static class UnknownKey
{
    public static string Describe(Condition condition, JudgedCall judged)
    {
        var value = judged.Request.Context[condition.Key];
        var carried = value.Knowledge switch
        {
            ContextKnowledge.Unknown when IsContested(condition.Key, judged) => "whether requests of this source carry the key is contested",
            ContextKnowledge.Unknown => "what requests carry there is not known",
            ContextKnowledge.Internal => "requests carry a value of AWS's own there",
            _ => $"requests carry {value}",
        };
        return $"if {condition.Operator} {condition.Key} {Wording.List(condition.Values)}, but {carried}";
    }

    /// <summary>How to come to a sure verdict, a whole sentence.</summary>
    public static string Remedy(string key, JudgedCall judged)
    {
        var guard = Wording.Guard(judged.Call.Grant);
        return key.ToLowerInvariant() switch
        {
            "aws:sourceorgid" or "aws:sourceorgpaths" when IsContested(key, judged) || judged.Call.Delivery.OrganizationId is not null
                => $"Do not rely on {key} for this source; use {guard}.",
            "aws:sourceorgid" => "Give the id of the source's organization (OrganizationId).",
            "aws:sourceorgpaths" => $"Organization paths cannot be looked up here; use {guard} to be sure.",
            "aws:resourceorgid" or "aws:resourceorgpaths" => $"{key} is the organization of the bucket and guards nothing; use {guard}.",
            "aws:sourcearn" => "Give the ARN of the configuring resource (SourceArn).",
            "kms:viaservice" => "Drop kms:ViaService from the statement: it is not documented whether S3 or the source itself calls KMS.",
            "aws:resourceaccount" or "s3:resourceaccount" => "Give the account that owns the bucket.",
            "kms:encryptioncontext:aws:s3:arn" when judged.Call.Delivery.Bucket.BucketKeyEnabled is null
                => "Say whether S3 Bucket Keys are on in the bucket: it decides whether the context is the object's ARN or the bucket's.",
            "kms:encryptioncontext:aws:s3:arn" => "Let the pattern cover every object of the bucket, or every one below the prefix.",
            _ => $"Test {key} for other principals only, or look at the newest object to see whether deliveries arrive.",
        };
    }

    private static bool IsContested(string key, JudgedCall judged)
        => key.StartsWith("aws:SourceOrg", StringComparison.OrdinalIgnoreCase) && judged.Call.Delivery.Source.SourceOrgIdIsContested;
}
