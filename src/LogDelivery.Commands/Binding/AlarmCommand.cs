using System.Management.Automation;
using LogDelivery.Alarms;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary>What the cmdlets share that look at alarms or change them.</summary>
public abstract class AlarmCommand : AwsCommand
{
    private protected AlarmCommand()
    {
    }

    /// <summary>The Region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Does something in AWS; what goes wrong there is an error about one thing, and the others go on.</summary>
    private protected void InAws(object? target, Action<AwsSession> action)
    {
        var session = Open(OptionsFor(Region));
        try
        {
            action(session);
        }
        catch (AwsCallException exception)
        {
            Report(exception, target, null);
        }
    }

    /// <summary>Writes the obstacles as errors. Whether there are none.</summary>
    private protected bool IsClear(IReadOnlyList<AlarmObstacle> obstacles, object? target)
    {
        foreach (var obstacle in obstacles)
        {
            var category = obstacle.Code.EndsWith("NotFound", StringComparison.Ordinal) || obstacle.Code == "NoTrail" ? ErrorCategory.ObjectNotFound
                : obstacle.Code.EndsWith("NotOurs", StringComparison.Ordinal) ? ErrorCategory.ResourceExists
                : ErrorCategory.InvalidOperation;
            Report(obstacle.Code, category, target, obstacle.Message, obstacle.Remedy);
        }

        return obstacles.Count == 0;
    }

    /// <summary>Writes what failed of the steps as an error. Whether none did.</summary>
    private protected bool IsDone(AlarmOutcome outcome, string name)
    {
        if (outcome.Error is not { } error)
        {
            WriteVerbose(outcome.Report);
            return true;
        }

        Report("AlarmIncomplete", AwsFailure.CategoryOf(error), name, $"{name}: {outcome.Report}", $"{AwsFailure.ActionOf(error)} Then do the same again.", error);
        return false;
    }

    /// <summary>Reads sample events. When one of the files cannot be read, that is an error, and there are none.</summary>
    private protected IReadOnlyList<SampleEvent>? ReadSamples(string[]? paths)
    {
        if (paths is null)
        {
            return [];
        }

        var damages = new List<ReadDamage>();
        var samples = SampleFiles.Read(paths.Select(GetUnresolvedProviderPathFromPSPath), new ReadTally(damages.Add));
        foreach (var damage in damages)
        {
            Report("SampleUnreadable", ErrorCategory.ReadError, damage.File, damage.ToString(), "Give log files that can be read to their end.");
        }

        return damages.Count > 0 ? null : samples;
    }
}
