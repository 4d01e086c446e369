using LogDelivery.Alarms;
using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Alarms;

/// <summary>Each preset's pattern is one that CloudWatch Logs takes, and decides its samples as they say.</summary>
public sealed class AlarmPresetTests
{
    private static readonly PresetValues[] Variants =
    [
        new(),
        new() { BucketName = "amzn-s3-demo-bucket" },
        new() { BucketName = new string('b', 63), LargerThan = long.MaxValue - 1_000_001, VpcEndpointIds = ["vpce-1a2b3c4d5e6f7a8b9", "vpce-9a8b7c6d5e4f3a2b1"] },
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var preset in AlarmPresets.All)
            {
                for (var i = 0; i < Variants.Length; i++)
                {
                    data.Add(preset.Id, i);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pattern_decides_its_samples(string id, int variant)
    {
        var preset = AlarmPresets.Find(id)!;
        var pattern = FilterPattern.Parse(preset.PatternFor(Variants[variant]));
        var samples = preset.SamplesFor(Variants[variant]);
        Assert.All(samples, s => Assert.True(pattern.Matches(s.Message) == s.IsFailure, $"{s.Name}: {pattern} {s.Message}"));
        Assert.Contains(samples, s => s.IsFailure);
        Assert.Contains(samples, s => !s.IsFailure);
        Assert.Distinct(samples.Select(s => s.Name));
    }

    [Fact]
    public void Presets_are_found_by_name_in_any_case()
    {
        Assert.Equal("SigV2Use", AlarmPresets.Find("sigv2use")?.Id);
        Assert.Null(AlarmPresets.Find("Nothing"));
        Assert.Equal(["DeliveryFailure", "TrailDeliveryError", "LargeDownload", "OutsideVpcEndpoint", "SigV2Use"], AlarmPresets.All.Select(p => p.Id));
    }

    // What the write-ups of this field report, in their words and shapes.
    [Theory]
    [InlineData("OutsideVpcEndpoint", """{"eventSource":"s3.amazonaws.com","eventName":"GetObject","userIdentity":{"type":"AssumedRole"},"sourceIPAddress":"203.0.113.9"}""", true)]
    [InlineData("OutsideVpcEndpoint", """{"eventSource":"s3.amazonaws.com","eventName":"GetObject","userIdentity":{"type":"AssumedRole"},"vpcEndpointId":"vpce-1"}""", false)]
    [InlineData("LargeDownload", """{"eventSource":"s3.amazonaws.com","eventName":"GetObject","additionalEventData":{"bytesTransferredOut":1024}}""", true)]
    [InlineData("LargeDownload", """{"eventSource":"s3.amazonaws.com","eventName":"GetObject","additionalEventData":{"bytesTransferredOut":1000.0}}""", false)]
    [InlineData("DeliveryFailure", """{"eventSource":"s3.amazonaws.com","eventName":"PutObject","userIdentity":{"type":"AWSService","invokedBy":"delivery.logs.amazonaws.com"},"errorCode":"AccessDenied","errorMessage":"Access Denied"}""", true)]
    [InlineData("SigV2Use", """{"detail":{"eventSource":"s3.amazonaws.com","additionalEventData":{"SignatureVersion":"SigV2"}}}""", true)]
    [InlineData("TrailDeliveryError", """{"IsLogging":true,"LatestDeliveryError":"AccessDenied"}""", true)]
    [InlineData("TrailDeliveryError", """{"IsLogging":true,"LatestDeliveryError":null}""", false)]
    [InlineData("TrailDeliveryError", """{"IsLogging":true,"LatestDeliveryError":""}""", false)]
    public void Events_as_they_are_seen_in_the_field(string id, string message, bool matches)
        => Assert.Equal(matches, FilterPattern.Parse(AlarmPresets.Find(id)!.PatternFor(new())).Matches(message));
}
