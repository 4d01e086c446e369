using System.Collections;
using System.Management.Automation;
using LogDelivery.Policies;

namespace LogDelivery.Commands;

/// <summary>
/// Lets only texts bind as documents. Without it PowerShell would make text of any object that is piped in, and a file or a
/// trail would be read as the policy <c>@{Name=...}</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PolicyTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or string => value,
            PolicyDocument document => document.Text,
            IEnumerable items => items.Cast<object?>().Select(i => (string?)Transform(engineIntrinsics, i)).ToArray(),
            // The cause has to be a failed cast: then the binder goes on with other parameters instead of giving up.
            _ => throw new ArgumentTransformationMetadataException(
                $"A policy document is text, not a {value.GetType().Name}. Give files by Path or LiteralPath.",
                new PSInvalidCastException($"A {value.GetType().Name} is no policy document.")),
        };
    }
}
