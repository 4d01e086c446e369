using System.Management.Automation;
using LogDelivery.Gateways;

namespace LogDelivery.Commands;

/// <summary>Lets only times pass that one call to AWS may take.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CallTimeAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan time && !CallTimeLimit.Allows(time))
        {
            throw new ValidationMetadataException("Give a time above zero and of a day at most: seconds, or a time span such as 00:02:00.");
        }
    }
}
