using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>
/// Takes backups and nothing else: without it, the binder would try to make one of a file of the pipeline, and give up instead
/// of going on to the parameter that takes files.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BackupOnlyAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = Unwrap(inputData);
        var isBackup = value is PolicyBackup or IEnumerable<PolicyBackup> || (value is System.Collections.IEnumerable items and not string && items.Cast<object?>().All(i => Unwrap(i) is PolicyBackup));
        return isBackup
            ? inputData
            : throw new ArgumentTransformationMetadataException(
                $"A backup is needed, not a {value?.GetType().Name ?? "null"}. Give files by LiteralPath, ids by Id.", new PSInvalidCastException("Only backups are taken."));
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
