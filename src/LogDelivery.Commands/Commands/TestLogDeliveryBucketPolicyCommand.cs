using System.Management.Automation;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary><c>Test-LogDeliveryBucketPolicy</c>: does a bucket policy let the logs in, and if not, which statement stops them?</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogDeliveryBucketPolicy", DefaultParameterSetName = ParameterSets.Document)]
[OutputType(typeof(PolicyTestRow), typeof(bool))]
public sealed class TestLogDeliveryBucketPolicyCommand : DeliveryTestCommand
{
    private PolicyDocument? keyDocument;

    /// <summary>The policy of the KMS key, as text or as the path of a file.</summary>
    [Parameter]
    [AllowEmptyString]
    [PolicyText]
    public string[]? KeyPolicy { get; set; }

    private protected override PolicyTarget DocumentTarget => PolicyTarget.Bucket;

    private protected override void Prepare(PolicyReader reader)
    {
        if (KeyPolicy is not null && reader.ReadTextOrPath(KeyPolicy) is { } input)
        {
            keyDocument = reader.Parse(input, PolicyKind.Key);
        }
    }

    private protected override IReadOnlyList<PolicyTestRow> Test(PolicyItem item, Delivery delivery)
        => [.. PolicyTestRow.From(PolicyTest.Run(delivery, item.Document, keyDocument), item.Input.Path)];
}
