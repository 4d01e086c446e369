using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>The findings that stop or endanger a trail's deliveries.</summary>
internal sealed class CauseReport
{
    /// <summary>The findings.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The calls of the trail and their verdicts.</summary>
    public List<PolicyTestRow> Rows { get; } = [];

    /// <summary>The IAM actions that were missing.</summary>
    public List<string> MissingPermissions { get; } = [];

    /// <summary>Checks that could not be made, one sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Records that something could not be read.</summary>
    public void AddUnreadable<T>(Readable<T> answer)
        where T : class
    {
        if (answer.Error is { } error)
        {
            Add(error);
        }
    }

    /// <summary>Records a check that could not be made.</summary>
    public void Add(AwsCallException error)
    {
        if (error.MissingPermission is { } permission)
        {
            MissingPermissions.Add(permission);
        }
        else
        {
            Notes.Add(error.Message);
        }
    }
}
