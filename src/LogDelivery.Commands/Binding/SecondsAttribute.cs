using System.Globalization;
using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>Takes a plain number for a time span in seconds; PowerShell would take it for units of 100 nanoseconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is int or long or double or decimal
            ? TimeSpan.FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            : inputData;
    }
}
