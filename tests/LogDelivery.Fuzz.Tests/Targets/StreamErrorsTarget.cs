using System.Text;
using LogDelivery.Gateways;
using LogDelivery.Streams;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>What Firehose could not deliver: the records below the error prefix, and its error log.</summary>
internal sealed class StreamErrorsTarget : IFuzzTarget
{
    public string Name => "StreamErrors";

    public IEnumerable<byte[]> Seeds => new[]
    {
        """{"attemptsMade":4,"arrivalTimestamp":1517442600000,"errorCode":"Lambda.FunctionError","errorMessage":"It failed.","rawData":"aGVsbG8="}""",
        """{"attemptsMade":"1","ErrorCode":"DataFormatConversion.ParseError","ErrorMessage":"{\"not\": json","rawData":"eA=="}{"attemptsMade":1,"errorCode":"Cut""",
        """{"deliveryStreamARN":"arn:aws:firehose:us-east-1:111122223333:deliverystream/s","destination":"arn:aws:s3:::b","deliveryStreamVersionId":1,"message":"Access was denied.","errorCode":"S3.AccessDenied"}""",
    }.Select(Encoding.UTF8.GetBytes);

    public void Run(byte[] input, Screen screen)
    {
        screen.Show(FailedRecord.Read("errors/a\u001b", input));
        screen.Show(StreamError.From(new LogGroupEvent("s", DateTime.UnixEpoch, Parts.Text(input)))?.ToString());
    }
}
