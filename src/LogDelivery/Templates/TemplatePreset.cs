using LogDelivery.Alarms;
using LogDelivery.Policies;

namespace LogDelivery.Templates;

/// <summary>A set-up that can be exported as a CloudFormation template.</summary>
internal abstract class TemplatePreset
{
    /// <summary>The name of the preset, such as <c>DeliveryFailure</c>.</summary>
    public abstract string Id { get; }

    /// <summary>A one-sentence description of what the template creates.</summary>
    public abstract string Summary { get; }

    /// <summary>Creates the template.</summary>
    /// <param name="options">The default values of its parameters.</param>
    /// <exception cref="InvalidAlarmException">The options cannot be those of a set-up.</exception>
    public Template Create(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Build(options);
    }

    /// <summary>Creates the template from validated options.</summary>
    /// <param name="options">The default values of its parameters.</param>
    protected abstract Template Build(TemplateOptions options);

    /// <summary>The name.</summary>
    public override string ToString() => Id;
}

/// <summary>
/// The default values of a template's parameters. All can be changed when the stack is created; a missing value means no
/// default or an empty one.
/// </summary>
internal sealed record TemplateOptions
{
    /// <summary>The values of the alarm's preset, the bucket that is watched among them.</summary>
    public PresetValues Values { get; init; } = new();

    /// <summary>The trail whose status is looked at, by its ARN.</summary>
    public string? TrailArn { get; init; }

    /// <summary>The e-mail address that is notified.</summary>
    public string? Email { get; init; }

    /// <summary>Validates the values that become part of the template.</summary>
    /// <exception cref="InvalidAlarmException">Something cannot be.</exception>
    public void Check()
    {
        Values.Check();
        if (TrailArn is not null && !(Arn.TryParse(TrailArn, out var arn) && arn.Service == "cloudtrail" && arn.Resource.StartsWith("trail/", StringComparison.Ordinal)))
        {
            throw new InvalidAlarmException($"'{TrailArn}' is no ARN of a trail, such as arn:aws:cloudtrail:us-east-1:111122223333:trail/management.");
        }

        if (Email is not null)
        {
            AlarmRequest.CheckAddress(Email);
        }
    }
}
