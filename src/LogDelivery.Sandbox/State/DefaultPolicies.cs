namespace LogDelivery.Sandbox.State;

/// <summary>The default policies of new resources.</summary>
internal static class DefaultPolicies
{
    // Source: KMS developer guide, key-policy-default.
    public static string Key(string account, string region)
        => $$$$"""{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:{{{{SandboxState.PartitionOf(region)}}}}:iam::{{{{account}}}}:root"},"Action":"kms:*","Resource":"*"}]}""";

    // Source: SNS developer guide, sns-access-policy-use-cases.
    public static string Topic(string account, string arn)
        => $$$$"""{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{{{{arn}}}}","Condition":{"StringEquals":{"AWS:SourceOwner":"{{{{account}}}}"}}}]}""";
}
