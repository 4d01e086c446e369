using System.Text;
using System.Text.Json;
using LogDelivery.Gateways;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>The selectors of a trail, as CloudTrail answers with them.</summary>
internal sealed class EventSelectorTarget : IFuzzTarget
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true, RespectNullableAnnotations = true };

    public string Name => "EventSelector";

    public IEnumerable<byte[]> Seeds => new[]
    {
        """{"Basic":[{"ReadWriteType":"WriteOnly","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3:::amzn-s3-demo-bucket/","arn:aws:s3"]}]}],"Advanced":[]}""",
        """{"Basic":[],"Advanced":[{"Name":"n","Fields":[{"Field":"eventCategory","EqualTo":["Data"]},{"Field":"resources.type","EqualTo":["AWS::S3::Object"]},{"Field":"resources.ARN","StartsWith":["arn:aws:s3:::b/"],"NotEndsWith":["x"]},{"Field":"readOnly","EqualTo":["false"]}]}]}""",
    }.Select(Encoding.UTF8.GetBytes);

    public bool IsDocumented(Exception exception) => exception is JsonException;

    public void Run(byte[] input, Screen screen)
    {
        if (JsonSerializer.Deserialize<EventSelection>(input, Options) is not { } selection || !IsWhole(selection))
        {
            return;
        }

        foreach (var isRead in new[] { false, true })
        {
            var call = new ObjectCall("PutObject", "arn:aws:s3:::b/x", isRead);
            if (selection.Records(call) && !selection.RecordsSome(call) && selection.Records(call with { ObjectArn = "arn:aws:s3:::some/object" }))
            {
                throw new InvalidOperationException("A call on one object is recorded, and on none.");
            }
        }

        screen.Show(selection.ToString());
    }

    // The gateway makes lists of what is absent.
    private static bool IsWhole(EventSelection selection)
        => selection is { Basic: not null, Advanced: not null }
        && selection.Basic.All(s => s is { DataResources: not null } && s.DataResources.All(r => r is { Values: not null } && r.Values.All(v => v is not null)))
        && selection.Advanced.All(s => s is { Fields: not null } && s.Fields.All(IsWhole));

    private static bool IsWhole(EventFieldSelector? field)
        => field is { Field: not null }
        && new[] { field.EqualTo, field.StartsWith, field.EndsWith, field.NotEquals, field.NotStartsWith, field.NotEndsWith }.All(l => l is not null && l.All(v => v is not null));
}
