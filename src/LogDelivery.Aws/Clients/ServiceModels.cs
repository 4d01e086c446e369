namespace LogDelivery.Aws.Clients;

/// <summary>The services that are called through <see cref="JsonServiceClient"/> and <see cref="QueryServiceClient"/>.</summary>
internal static class ServiceModels
{
    public static ServiceModel CloudTrail { get; } = new("CloudTrail", "cloudtrail", "2013-11-01")
    {
        TargetPrefix = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
    };

    public static ServiceModel Kms { get; } = new("KMS", "kms", "2014-11-01") { TargetPrefix = "TrentService" };

    public static ServiceModel Logs { get; } = new("CloudWatch Logs", "logs", "2014-03-28") { TargetPrefix = "Logs_20140328" };

    public static ServiceModel Firehose { get; } = new("Firehose", "firehose", "2015-08-04") { TargetPrefix = "Firehose_20150804" };

    public static ServiceModel Organizations { get; } = new("Organizations", "organizations", "2016-11-28")
    {
        TargetPrefix = "AWSOrganizationsV20161128",
        GlobalEndpoints = new Dictionary<string, GlobalEndpoint>
        {
            ["aws"] = new("organizations.us-east-1", "us-east-1"),
            ["aws-cn"] = new("organizations.cn-northwest-1", "cn-northwest-1"),
            ["aws-us-gov"] = new("organizations.us-gov-west-1", "us-gov-west-1"),
        },
    };

    public static ServiceModel Sts { get; } = new("STS", "sts", "2011-06-15");

    public static ServiceModel CloudWatch { get; } = new("CloudWatch", "monitoring", "2010-08-01") { IamPrefix = "cloudwatch" };

    public static ServiceModel Sns { get; } = new("SNS", "sns", "2010-03-31");

    public static ServiceModel Iam { get; } = new("IAM", "iam", "2010-05-08")
    {
        GlobalEndpoints = new Dictionary<string, GlobalEndpoint>
        {
            ["aws"] = new("iam", "us-east-1"),
            ["aws-cn"] = new("iam.cn-north-1", "cn-north-1"),
            ["aws-us-gov"] = new("iam.us-gov", "us-gov-west-1"),
        },
    };

    public static ServiceModel Ec2 { get; } = new("EC2", "ec2", "2016-11-15");
}
