using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Policy documents: read, and where that goes, asked.</summary>
internal abstract class DocumentTarget(string name, IEnumerable<string> seeds, params PolicyKind[] kinds) : IFuzzTarget
{
    private static readonly Delivery[] Deliveries =
    [
        .. new[] { "CloudTrail", "VpcFlowLogs", "S3AccessLogs" }.Select(s => new Delivery
        {
            Source = SourceCatalog.Find(s)!,
            BucketName = "trail-logs",
            AccountId = "111122223333",
            Region = "us-east-1",
            KmsKeyArn = s == "S3AccessLogs" ? null : "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            Time = DateTimeOffset.UnixEpoch.AddYears(56),
        }),
    ];

    public string Name => name;

    public int Share => 50;

    public IEnumerable<byte[]> Seeds => PolicySeeds.Bytes(seeds);

    public void Run(byte[] input, Screen screen)
    {
        foreach (var kind in kinds)
        {
            var parser = new PolicyParser(input, kind);
            var document = parser.Parse();
            screen.Show(parser.Problems);
            if (document is not null)
            {
                Ask(document, screen);
            }
        }
    }

    private static void Ask(PolicyDocument document, Screen screen)
    {
        foreach (var request in PolicySeeds.Requests)
        {
            var explanation = document.Explain(request);
            if (explanation.Verdict != document.Evaluate(request).Verdict)
            {
                throw new InvalidOperationException($"{explanation.Verdict} is explained, and is not the verdict.");
            }

            screen.Show(explanation.Reason);
            screen.Show(explanation.NearMisses);
            screen.Show(explanation.UnknownKeys);
        }

        foreach (var statement in document.Statements)
        {
            screen.Show(statement.ToString());
            screen.ShowLines(document.GetStatementText(statement.Index));
        }

        if (document.Kind is not (PolicyKind.Bucket or PolicyKind.Key))
        {
            return;
        }

        var isBucket = document.Kind == PolicyKind.Bucket;
        foreach (var delivery in Deliveries)
        {
            var result = PolicyTest.Run(delivery, isBucket ? document : null, isBucket ? null : document);
            screen.Show(result.AllFindings.SelectMany(f => new[] { f.ToString(), f.Remedy }));
            screen.Show(PolicyTestRow.From(result, "policy\u001b.json").Select(r => r.Reason));
        }
    }
}
