using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>The first part in which two ARNs differ, as a person would name it.</summary>
internal static class ArnDifference
{
    /// <summary>Tells what differs; null where one of them is no ARN or the difference is plain to see.</summary>
    /// <param name="policy">The ARN in the policy.</param>
    /// <param name="actual">The ARN that requests carry.</param>
    public static string? Describe(string policy, string actual)
    {
        if (!Arn.TryParse(policy, out var said) || !Arn.TryParse(actual, out var real))
        {
            return null;
        }

        return true switch
        {
            _ when Differs(said.Partition, real.Partition) => $"partition {said.Partition} instead of {real.Partition}",
            _ when Differs(said.Service, real.Service) => $"a resource of {said.Service} instead of {real.Service}",
            _ when Differs(said.AccountId, real.AccountId) => $"account {said.AccountId} instead of {real.AccountId}",
            _ when Differs(said.Region, real.Region) => $"Region {said.Region} instead of {real.Region}",
            _ => null,
        };
    }

    private static bool Differs(string policy, string actual)
        => !actual.AsSpan().ContainsAny('*', '?') && !Pattern.Compile(policy, wildcards: true, variables: false).IsMatch(actual);
}
