using LogDelivery.Sources;

namespace LogDelivery.Requests;

/// <summary>Roles that are named by their ARN, or by their name in an account.</summary>
internal static class RequestRole
{
    /// <summary>The ARN of a role.</summary>
    /// <param name="nameOrArn">The ARN, or the name of a role in the account.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="region">A Region of the partition that the account is in.</param>
    public static string ArnOf(string nameOrArn, string accountId, string region)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : $"arn:{Regions.PartitionOf(region)}:iam::{accountId}:role/{nameOrArn}";
    }
}
