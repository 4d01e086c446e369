using LogDelivery.Alarms;
using LogDelivery.Templates;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Templates of hostile names: a bucket, a VPC endpoint, a trail, an address.</summary>
internal sealed class TemplateTarget : IFuzzTarget
{
    public string Name => "Template";

    public int Share => 5;

    public IEnumerable<byte[]> Seeds =>
    [
        Parts.Join("amzn-s3-demo-bucket", "vpce-1a2b3c4d", "arn:aws:cloudtrail:us-east-1:111122223333:trail/management", "admin@example.com"),
        Parts.Join(string.Empty, string.Empty, string.Empty, string.Empty),
    ];

    public bool IsDocumented(Exception exception) => exception is InvalidAlarmException;

    public void Run(byte[] input, Screen screen)
    {
        var parts = Parts.SplitText(input, 4).Select(p => p.Length == 0 ? null : p).ToArray();
        var options = new TemplateOptions
        {
            Values = new() { BucketName = parts[0], VpcEndpointIds = parts[1] is { } id ? [id] : [] },
            TrailArn = parts[2],
            Email = parts[3],
        };
        foreach (var preset in TemplatePresets.All)
        {
            try
            {
                screen.ShowLines(preset.Create(options).ToYaml());
            }
            catch (InvalidAlarmException exception)
            {
                screen.Show(exception.Message);
            }
        }
    }
}
