namespace LogDelivery.Commands;

/// <summary>What cmdlets share that give each finding in logs as it comes, or add the findings up.</summary>
/// <typeparam name="T">What is found in the logs.</typeparam>
/// <typeparam name="TGroup">What findings are added up to.</typeparam>
public abstract class LogFindingsCommand<T, TGroup> : TimedLogsCommand<T>
    where TGroup : class
{
    private protected LogFindingsCommand()
    {
    }

    /// <summary>How many findings there were.</summary>
    private protected long Found { get; private set; }

    /// <summary>Adds a finding to its group.</summary>
    private protected abstract void AddUp(T finding);

    /// <summary>The groups so far.</summary>
    private protected abstract IReadOnlyList<TGroup> Groups();

    private protected sealed override void WriteResult(T result)
    {
        Found++;
        if (AddsUp)
        {
            AddUp(result);
        }
        else
        {
            WriteObject(result);
        }
    }

    private protected override void Finish()
    {
        if (AddsUp)
        {
            WriteObject(Groups(), enumerateCollection: true);
        }
    }

    private protected sealed override IEnumerable<string> PartialSummary() => Groups().Select(group => group.ToString()!);
}
