using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using LogDelivery.Cli;
using LogDelivery.Commands;
using LogDelivery.Gateways;
using LogDelivery.Requests;

namespace LogDelivery.Faces.Tests;

/// <summary>Asks the cmdlets, in a runspace of this process.</summary>
internal sealed class PowerShellFace : IDisposable
{
    /// <summary>The ids of errors that say that the request has to be corrected.</summary>
    private static readonly HashSet<string> Refusals = new(StringComparer.Ordinal)
    {
        "UnknownSource", "InvalidDelivery", "InvalidRequest", "InvalidS3Url", "EmptyPath", "PresetNotFound", "InvalidAlarm", "InvalidTemplate", "InvalidFilterPattern",
        "InvalidSelector", "InvalidCaller", "PolicyFormat", "FileNotFound", "BackupNotFound",
    };

    /// <summary>The ids of errors whose record is emitted as well, which says the same.</summary>
    private static readonly HashSet<string> SaidByRecords = new(StringComparer.Ordinal)
    {
        "RepairIncomplete", "PolicyChanged", "PolicyOverwritten", "WriteUnconfirmed", "BackupFailed", "NotRecovered",
    };

    private readonly Runspace runspace;

    public PowerShellFace()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, type) in Cmdlets)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        }

        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
    }

    /// <summary>Every cmdlet of the module.</summary>
    public static IReadOnlyDictionary<string, Type> Cmdlets { get; } = typeof(LogDeliveryCommand).Assembly.GetExportedTypes()
        .Select(t => (Type: t, Cmdlet: (CmdletAttribute?)Attribute.GetCustomAttribute(t, typeof(CmdletAttribute))))
        .Where(t => t.Cmdlet is not null)
        .ToDictionary(t => $"{t.Cmdlet!.VerbName}-{t.Cmdlet.NounName}", t => t.Type);

    public void Dispose() => runspace.Dispose();

    /// <summary>Asks a question.</summary>
    /// <param name="script">The question as people write it.</param>
    /// <param name="silenceIsWell">Whether the cmdlet looks for faults, so that no row and no error mean that there is none.</param>
    /// <param name="isRestore">Whether records are those of backups put back.</param>
    public Answer Ask(string script, bool silenceIsWell, bool isRestore)
    {
        using var shell = PowerShell.Create(runspace);
        var errors = new List<ErrorRecord>();
        PSObject[] objects = [];
        try
        {
            objects = [.. shell.AddScript(script).Invoke()];
        }
        catch (RuntimeException exception)
        {
            errors.Add(exception.ErrorRecord);
        }

        errors.AddRange(shell.Streams.Error);
        var conclusion = new Conclusion();
        if (silenceIsWell && errors.Count == 0)
        {
            conclusion.Add(Outcome.Well);
        }

        foreach (var item in objects)
        {
            conclusion.Add(OutcomeOf(item.BaseObject, isRestore));
        }

        // What was found beside the rows is a warning.
        if (objects.Length > 0 && objects[0].BaseObject is S3ObjectAccess or S3ObjectAccessSummary && shell.Streams.Warning.Count > 0)
        {
            conclusion.Add(Outcome.Wrong);
        }

        foreach (var error in errors)
        {
            Add(conclusion, error, objects.Length > 0);
        }

        var rows = objects.Select(o => o.BaseObject is string text ? JsonSerializer.SerializeToElement(text.ReplaceLineEndings("\n")) : JsonDocument.Parse(JsonLine.From(o.BaseObject).Text).RootElement);
        var said = errors.Select(e => $"{e.FullyQualifiedErrorId}: {e.ErrorDetails?.Message ?? e.Exception.Message}").Concat(shell.Streams.Warning.Select(w => $"WARNING: {w}"));
        return new(conclusion.Outcome, [.. rows], $"{script}\n{string.Join('\n', objects.Select(o => o.ToString()))}\n{string.Join('\n', said)}");
    }

    private static void Add(Conclusion conclusion, ErrorRecord error, bool hasObjects)
    {
        var id = error.FullyQualifiedErrorId.Split(',')[0];
        if (error.Exception is ParameterBindingException || Refusals.Contains(id))
        {
            conclusion.Add(Outcome.Refused);
        }
        else if (error.Exception is AwsCallException call)
        {
            conclusion.Add(call);
        }
        else if (id.StartsWith("Log", StringComparison.Ordinal) && error.Exception is InvalidDataException)
        {
            conclusion.Add(new Logs.Files.ReadDamage(id, null, Logs.Files.DamageKind.Unreadable, id));
        }
        else if (id is "TrailNotFound" or "NothingToRead" or "ComparisonIncomplete" or "AlarmIncomplete")
        {
            conclusion.Add(Outcome.CouldNotTell);
        }
        else if (!hasObjects || !SaidByRecords.Contains(id))
        {
            conclusion.Add(Outcome.Wrong);
        }
    }

    private static Outcome OutcomeOf(object row, bool isRestore) => row switch
    {
        TrailDeliveryHealth health => Outcomes.Of(health),
        StreamLinkRow link => Outcomes.Of(link),
        PolicyTestRow test => Outcomes.Of(test),
        PolicyRepairRecord record => isRestore ? Outcomes.OfRestore(record) : Outcomes.Of(record),
        Repair.RepairPlan plan => Outcomes.Of(plan),
        PolicyDifferenceRow => Outcome.Wrong,
        DeliveryFailure failure => Outcomes.Of(failure.KindValue),
        DeliveryFailureSummary summary => Outcomes.Of(summary.KindValue),
        LogDeliveryDestination destination => Outcomes.Of(destination),
        S3SignatureUsage usage => Outcomes.Of(usage),
        S3ObjectAccess access => Outcomes.Of(access.Findings),
        _ => Outcome.Well,
    };
}
