namespace LogDelivery.Sources;

/// <summary>
/// The AWS accounts, one a Region, that old policies for CloudTrail name in place of the service principal. Such a policy
/// lets through the files of these Regions only. Witness: cloud-custodian, c7n/resources/s3.py; the remedy is in the
/// CloudTrail user guide, create-s3-bucket-policy-for-cloudtrail.
/// </summary>
internal static class CloudTrailAccounts
{
    /// <summary>
    /// The witness says us-west-2 of this one too, which has another already. The order of its list suggests us-east-2, but
    /// nothing confirms that, so it stands without a Region.
    /// </summary>
    private const string OfUnsureRegion = "475085895292";

    public static readonly LegacyAccountTable Table = new("old CloudTrail account", new(StringComparer.Ordinal)
    {
        ["us-east-1"] = "086441151436",
        ["us-west-1"] = "388731089494",
        ["us-west-2"] = "113285607260",
        ["ca-central-1"] = "819402241893",
        ["ap-south-1"] = "977081816279",
        ["ap-northeast-1"] = "216624486486",
        ["ap-northeast-2"] = "492519147666",
        ["ap-southeast-1"] = "903692715234",
        ["ap-southeast-2"] = "284668455005",
        ["eu-central-1"] = "035351147821",
        ["eu-west-1"] = "859597730677",
        ["eu-west-2"] = "282025262664",
        ["sa-east-1"] = "814480443879",
    }, OfUnsureRegion);
}
