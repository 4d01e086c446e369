using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>Lets only times pass that a wait can have: above zero, and a day at most.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateTimeSpanAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan time && (time <= TimeSpan.Zero || time > TimeSpan.FromDays(1)))
        {
            throw new ValidationMetadataException("Give a time above zero and of a day at most: seconds, or a time span such as 00:02:00.");
        }
    }
}
