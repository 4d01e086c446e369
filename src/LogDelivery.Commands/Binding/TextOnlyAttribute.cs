using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>
/// Takes text and nothing else: without it, the binder would make a text of any object of the pipeline, although the object
/// has the property that is meant.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextOnlyAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = Unwrap(inputData);
        var isText = value is string or IEnumerable<string> || (value is System.Collections.IEnumerable items && items.Cast<object?>().All(i => Unwrap(i) is string));
        return isText
            ? inputData
            // The cause has to be a failed cast: then the binder goes on with other parameters instead of giving up.
            : throw new ArgumentTransformationMetadataException(
                $"Text is needed, not a {value?.GetType().Name ?? "null"}.", new PSInvalidCastException("Only text is taken."));
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
