namespace LogDelivery.Sources;

/// <summary>
/// The AWS accounts that wrote Redshift audit logs before the service principal did. The documentation no longer lists
/// them. Witness, and the only one: cloud-custodian, c7n/resources/s3.py.
/// </summary>
internal static class RedshiftAccounts
{
    public static readonly LegacyAccountTable Table = new("old Redshift account", new(StringComparer.Ordinal)
    {
        ["us-east-1"] = "193672423079",
        ["us-east-2"] = "391106570357",
        ["us-west-1"] = "262260360010",
        ["us-west-2"] = "902366379725",
        ["af-south-1"] = "365689465814",
        ["ap-east-1"] = "313564881002",
        ["ap-south-1"] = "865932855811",
        ["ap-northeast-1"] = "404641285394",
        ["ap-northeast-2"] = "760740231472",
        ["ap-northeast-3"] = "090321488786",
        ["ap-southeast-1"] = "361669875840",
        ["ap-southeast-2"] = "762762565011",
        ["ca-central-1"] = "907379612154",
        ["eu-central-1"] = "053454850223",
        ["eu-west-1"] = "210876761215",
        ["eu-west-2"] = "307160386991",
        ["eu-west-3"] = "915173422425",
        ["eu-north-1"] = "729911121831",
        ["eu-south-1"] = "945612479654",
        ["me-south-1"] = "013126148197",
        ["sa-east-1"] = "075028567923",
    });
}
