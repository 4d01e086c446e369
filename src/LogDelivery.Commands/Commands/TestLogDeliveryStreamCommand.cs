using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Requests;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary><c>Test-LogDeliveryStream</c>: which link of a chain from a log group through Firehose into S3 is broken?</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogDeliveryStream")]
[OutputType(typeof(StreamLinkRow), typeof(bool))]
public sealed class TestLogDeliveryStreamCommand : StreamCommand
{
    /// <summary>Whether to answer with one Boolean: true when every link works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string Activity => "Looking at the links of streams";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Quiet)
        {
            WriteQuietAnswer();
        }
    }

    private protected override void Handle(AwsSession session, StreamQuery query, string target)
    {
        foreach (var picture in Pump.Wait(new StreamPictureReader(session).ReadAsync(query, Pump.Token)))
        {
            Write(StreamTest.Run(picture));
        }
    }

    private void Write(IReadOnlyList<StreamLinkRow> rows)
    {
        foreach (var row in rows)
        {
            Conclusion.Add(Outcomes.Of(row));
        }

        if (!Quiet)
        {
            WriteObject(rows, enumerateCollection: true);
        }
    }
}
