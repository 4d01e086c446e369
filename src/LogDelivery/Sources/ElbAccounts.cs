namespace LogDelivery.Sources;

/// <summary>
/// The AWS accounts that wrote the access logs of Application and Classic Load Balancers before they had a service
/// principal. A bucket policy that names the Region's account still works; Regions that opened later have none.
/// Witnesses: ELB user guide (application), enable-access-logging, section on the legacy policy;
/// awslabs/landing-zone-accelerator-on-aws, utils/lib/regions.ts; cloud-custodian, c7n/resources/s3.py;
/// hashicorp/terraform-provider-aws, service_account_data_source.go. For China only the code, for the isolated Regions
/// only the region-info of the CDK.
/// </summary>
internal static class ElbAccounts
{
    public static readonly LegacyAccountTable Table = new("load balancer account", new(StringComparer.Ordinal)
    {
        ["us-east-1"] = "127311923021",
        ["us-east-2"] = "033677994240",
        ["us-west-1"] = "027434742980",
        ["us-west-2"] = "797873946194",
        ["ca-central-1"] = "985666609251",
        ["sa-east-1"] = "507241528517",
        ["af-south-1"] = "098369216593",
        ["me-south-1"] = "076674570225",
        ["eu-central-1"] = "054676820928",
        ["eu-west-1"] = "156460612806",
        ["eu-west-2"] = "652711504416",
        ["eu-west-3"] = "009996457667",
        ["eu-north-1"] = "897822967062",
        ["eu-south-1"] = "635631232127",
        ["ap-east-1"] = "754344448648",
        ["ap-northeast-1"] = "582318560864",
        ["ap-northeast-2"] = "600734575887",
        ["ap-northeast-3"] = "383597477331",
        ["ap-south-1"] = "718504428378",
        ["ap-southeast-1"] = "114774131450",
        ["ap-southeast-2"] = "783225319266",
        ["ap-southeast-3"] = "589379963580",
        ["us-gov-west-1"] = "048591011584",
        ["us-gov-east-1"] = "190560391635",
        ["cn-north-1"] = "638102146993",
        ["cn-northwest-1"] = "037604701340",
        ["us-iso-east-1"] = "770363063475",
        ["us-iso-west-1"] = "121062877647",
        ["us-isob-east-1"] = "740734521339",
    });
}
