using LogDelivery.Gateways;
using LogDelivery.Streams;
using LogDelivery.Tests.Diagnosis;
using Xunit;

namespace LogDelivery.Tests.Streams;

/// <summary>Each finding is found in some chain, and its page shows what it says.</summary>
public sealed class StreamFindingTests
{
    /// <summary>The findings as the examples of their pages have them.</summary>
    private static readonly Finding[] Examples =
    [
        StreamFindings.NoLogGroup("example"),
        StreamFindings.NoFilter("example", "arn:aws:firehose:us-east-1:111122223333:deliverystream/example", []),
        StreamFindings.InvalidPattern("example", "{ $.eventName = }", "A value is expected."),
        StreamFindings.MatchesNothing("{ $.eventName = \"ConsoleLogin\" }", 100, null),
        StreamFindings.NoSubscriptionRole("arn:aws:iam::111122223333:role/example"),
        StreamFindings.SubscriptionTrustRefuses("The trust policy has no statement for it.", "{}", null),
        StreamFindings.Unguarded("The trust policy has no condition.", "aws:SourceAccount", null),
        StreamFindings.SubscriptionMayNotPut("No policy of the role allows firehose:PutRecord.", "{}"),
        StreamFindings.NoStream("example", "us-east-1"),
        StreamFindings.StreamNotActive("example", "CREATING_FAILED", "KMS_ACCESS_DENIED"),
        StreamFindings.StreamHasOtherSource("example", "KinesisStreamAsSource"),
        StreamFindings.NoStreamRole("arn:aws:iam::111122223333:role/example"),
        StreamFindings.StreamTrustRefuses("The trust policy has no statement for it.", "{}", null),
        StreamFindings.MayNotWrite("No policy of the role allows s3:PutObject.", ["{}"]),
        StreamFindings.MayNotWriteFailures("No policy of the role allows s3:PutObject below errors/.", ["{}"]),
        StreamFindings.MayNotUseKey("No policy of the role allows kms:GenerateDataKey.", ["{}"]),
        StreamFindings.InvalidPrefix("Prefix", ["!{firehose:error-output-type} is for the error prefix only."]),
        StreamFindings.MayNotLogErrors("No policy of the role allows logs:PutLogEvents.", "{}"),
        StreamFindings.MayNotCallLambda("No policy of the role allows lambda:InvokeFunction.", "{}"),
        StreamFindings.MayNotReadKinesis("No policy of the role allows kinesis:GetRecords.", "{}"),
        StreamFindings.NoBucket("amzn-s3-demo-bucket"),
        StreamFindings.NoKey("arn:aws:kms:us-east-1:111122223333:key/example"),
        StreamFindings.CompressedTwice("GZIP", false),
        StreamFindings.LogsNoErrors("example"),
        StreamFindings.NoErrorLog("/aws/kinesisfirehose/example", "DestinationDelivery"),
        StreamFindings.GluedTogether("Decompression without AppendDelimiterToRecord"),
        StreamFindings.OtherTimePattern("Prefix", ["YYYY is the year of the week."]),
        StreamFindings.ErrorsWithoutCause("S3.AccessDenied", "2026-01-31 23:50:00Z"),
        StreamFindings.RecordsSetAside(1, "errors/", "Lambda.FunctionError"),
        StreamFindings.NothingArrives(10, "2026-01-31 23:50:00Z"),
        StreamFindings.NotToS3("example", "Splunk"),
    ];

    public static TheoryData<string> Ids => [.. Examples.Select(f => f.Id)];

    [Fact]
    public void Every_finding_about_streams_has_an_example()
        => Assert.Equal(FindingCatalog.All.Select(k => k.Id).Where(i => string.CompareOrdinal(i, "LD0100") >= 0 && string.CompareOrdinal(i, "LD0140") < 0), Examples.Select(f => f.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_shows_what_the_finding_says(string id)
        => Assert.Equal(FindingPage.OneLine(Examples.Single(f => f.Id == id).ToString()), new FindingPage(Path.Combine(Repository.FindingPages, $"{id}.md")).Output);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_is_found_in_some_chain(string id)
    {
        var chains = Breaks.All.Select(b => (b.Id, b.Apply)).Concat(Situations).Where(s => s.Id == id).Select(s =>
        {
            var chain = new StreamChain();
            s.Apply(chain);
            return chain;
        });
        Assert.Contains(chains, c => c.Test().SelectMany(r => r.Findings).Any(f => f.Id == id));
    }

    /// <summary>What breaks nothing, and what only shows in what AWS observes.</summary>
    private static IEnumerable<(string Id, Action<StreamChain> Apply)> Situations =>
    [
        ("LD0102", c => c.Filter = c.Filter with { Pattern = "{ $.eventName = }" }),
        ("LD0103", c => c.Filter = c.Filter with { Pattern = "{ $.eventname = \"consolelogin\" }" }),
        ("LD0106", c => c.StreamTrust = c.StreamTrust.Replace("\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"111122223333\"}}", "\"Sid\":\"All\"", StringComparison.Ordinal)),
        ("LD0108", c => c.Changes.Add(p => p with { Stream = Readable.Missing<StreamDescription>() })),
        ("LD0130", c => c.Stream = c.Stream with { Destination = null, DestinationKind = "Splunk" }),
        ("LD0121", c => c.Changes.Add(p => p with { Key = Readable.Missing<KeyDescription>() })),
        ("LD0125", c => c.Destination = c.Destination with { Processors = [new("Decompression", new Dictionary<string, string>())] }),
        ("LD0126", c => c.Destination = c.Destination with { Prefix = "consolelogin/!{timestamp:YYYY/MM/dd}/" }),
        ("LD0127", c => c.Changes.Add(p => p with
        {
            ErrorLog = Readable.Found<IReadOnlyList<LogGroupEvent>>([new("DestinationDelivery", StreamChain.Now.UtcDateTime.AddMinutes(-1), """{"deliveryStreamARN":"x","message":"Access was denied.","errorCode":"S3.AccessDenied"}""")]),
        })),
        ("LD0128", c => c.Changes.Add(p => p with
        {
            FailedRecords = Readable.Found<IReadOnlyList<FailedRecord>>([new("consolelogin/processing-failed/x", "Lambda.FunctionError", "It failed.", 4, null, 10)]),
        })),
        ("LD0129", c => c.Changes.Add(p => p with { NewestObject = Readable.Missing<BucketObject>() })),
    ];
}
