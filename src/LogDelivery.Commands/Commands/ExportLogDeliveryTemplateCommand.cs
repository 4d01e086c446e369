using System.Management.Automation;
using LogDelivery.Alarms;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Export-LogDeliveryTemplate</c>: a set-up as a CloudFormation template. AWS is not asked.</summary>
[Cmdlet(VerbsData.Export, "LogDeliveryTemplate", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ExportLogDeliveryTemplateCommand : LogDeliveryCommand
{
    /// <summary>The set-up.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TemplatePresetCompleter))]
    [ValidateNotNullOrEmpty]
    public string Preset { get; set; } = string.Empty;

    /// <summary>The bucket that is watched.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BucketName { get; set; }

    /// <summary>TrailDeliveryError: the trail that is watched.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TrailArn { get; set; }

    /// <summary>The address that is told.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Email { get; set; }

    /// <summary>LargeDownload: how many bytes are not yet too many.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long LargerThan { get; set; } = new PresetValues().LargerThan;

    /// <summary>OutsideVpcEndpoint: the endpoints that may be used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? VpcEndpointId { get; set; }

    /// <summary>The file to write the template to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = PresetNames.FindTemplate(Preset);
        Report(found.Problems);
        if (found.Items is not [var preset])
        {
            return;
        }

        try
        {
            var template = preset.Create(new()
            {
                Values = new() { BucketName = OrNull(BucketName), LargerThan = LargerThan, VpcEndpointIds = OrEmpty(VpcEndpointId) },
                TrailArn = OrNull(TrailArn),
                Email = Email,
            });
            Write(template.ToYaml());
        }
        catch (InvalidAlarmException exception)
        {
            Report("InvalidTemplate", ErrorCategory.InvalidArgument, Preset, exception.Message, "Give what the message asks for.", exception);
        }
    }

    private void Write(string text)
    {
        if (OutFile is null)
        {
            WriteObject(text);
            return;
        }

        var path = GetUnresolvedProviderPathFromPSPath(OutFile);
        if (!ShouldProcess(path, "Write the template"))
        {
            return;
        }

        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report("FileNotWritable", ErrorCategory.WriteError, path, $"{path} cannot be written: {exception.Message}", "Check the folder and its permissions.", exception);
        }
    }
}
