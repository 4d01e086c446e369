using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Streams.Links;

/// <summary>The bucket and the key with their policies.</summary>
internal static class DestinationLinks
{
    // What the settings of the key are to blame for; the rest of what the catalog's rules find is the bucket's.
    private static readonly string[] KeyFindings = ["LD0040", "LD0041", "LD0042", "LD0043"];

    public static IEnumerable<StreamLinkRow> Inspect(StreamPicture picture, StreamDestination destination, StreamDelivery delivery)
    {
        var findings = delivery.All.SelectMany(PolicyTest.InspectSettings).DistinctBy(f => (f.Id, f.Evidence)).ToArray();
        yield return InspectBucket(picture, delivery, [.. findings.Where(f => !KeyFindings.Contains(f.Id))]).ToRow(picture);
        yield return InspectPolicy(new LinkReport(StreamLink.BucketPolicy, delivery.Data.BucketArn), picture, destination, delivery).ToRow(picture);
        if (picture.KmsKeyId is { } keyId)
        {
            yield return InspectKey(picture, keyId, [.. findings.Where(f => KeyFindings.Contains(f.Id))]).ToRow(picture);
            yield return InspectKeyPolicy(new LinkReport(StreamLink.KeyPolicy, picture.Key.Value?.Arn ?? keyId), picture, destination, delivery).ToRow(picture);
        }
    }

    private static LinkReport InspectBucket(StreamPicture picture, StreamDelivery delivery, IReadOnlyList<Finding> findings)
    {
        var report = new LinkReport(StreamLink.Bucket, delivery.Data.BucketArn);
        if (picture.Bucket.IsMissing)
        {
            report.Break(StreamFindings.NoBucket(delivery.Data.BucketName), "BucketARN");
            return report;
        }

        Add(report, findings);
        if (picture.Bucket.Value is not { } place)
        {
            report.Doubt(picture.Bucket, $"The bucket {delivery.Data.BucketName}");
        }
        else
        {
            report.Say(place.Region is null ? "It exists." : $"It exists, in {place.Region}{(place.Region == picture.Region ? string.Empty : $", and the stream in {picture.Region}, which Firehose can do")}.");
        }

        return report;
    }

    private static LinkReport InspectPolicy(LinkReport report, StreamPicture picture, StreamDestination destination, StreamDelivery delivery)
    {
        if (picture.Bucket.IsMissing)
        {
            report.Doubt("There is no bucket that could have a policy.");
            return report;
        }

        if (picture.BucketPolicy.IsUnreadable)
        {
            report.Doubt(picture.BucketPolicy, "The bucket policy");
        }

        InspectResource(report, delivery.BucketCalls(), StreamLinks.BucketPolicies(picture, destination.RoleArn));
        return report;
    }

    private static LinkReport InspectKey(StreamPicture picture, string keyId, IReadOnlyList<Finding> findings)
    {
        var report = new LinkReport(StreamLink.Key, picture.Key.Value?.Arn ?? keyId);
        if (picture.Key.IsMissing)
        {
            report.Break(StreamFindings.NoKey(keyId), "AWSKMSKeyARN");
            return report;
        }

        Add(report, findings);
        if (picture.Key.Value is { } key)
        {
            report.At("KeyState");
            report.Say($"It is {key.State}.");
        }
        else
        {
            report.Doubt(picture.Key, $"The key {keyId}");
        }

        return report;
    }

    private static LinkReport InspectKeyPolicy(LinkReport report, StreamPicture picture, StreamDestination destination, StreamDelivery delivery)
    {
        if (picture.Key.IsMissing)
        {
            report.Doubt("There is no key that could have a policy.");
            return report;
        }

        if (picture.KeyPolicy.Value is null)
        {
            report.Doubt(picture.KeyPolicy, "The key policy");
        }

        InspectResource(report, delivery.KeyCalls(), StreamLinks.KeyPolicies(picture, destination.RoleArn));
        return report;
    }

    private static void Add(LinkReport report, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (finding.SeverityValue == FindingSeverity.Blocks)
            {
                report.Break(finding);
            }
            else
            {
                report.Note(finding);
            }
        }
    }

    /// <summary>Judges the part of a bucket's or key's policy; the catalog's rules name the cause.</summary>
    private static void InspectResource(LinkReport report, IReadOnlyList<RequiredCall> calls, AccessPolicies policies)
    {
        var judged = calls.Where(c => !c.IsOptional).Select(c => (Call: c, Part: AccessEvaluation.Explain(c.Request, policies).Resource)).ToArray();
        var causes = judged.Where(j => j.Part.Does == Truth.False && j.Part.Policy?.Document is not null)
            .SelectMany(j => CausesOf(j.Call, j.Part.Policy!.Document!, j.Part.Verdict))
            .DistinctBy(f => (f.Id, f.Evidence))
            .ToArray();
        report.Judge(
            [.. judged.Select(j => (j.Call.Name, j.Call.Request, j.Part))],
            reason => causes.Length > 0 ? causes[0] : NoPolicy(judged.First(j => j.Part.Does == Truth.False).Call, reason));
        foreach (var cause in causes.Skip(1))
        {
            report.Break(cause);
        }
    }

    // Where this policy is at fault without denying, it is its own to allow, whatever else could allow it elsewhere.
    private static IEnumerable<Finding> CausesOf(RequiredCall call, PolicyDocument document, Verdict verdict)
    {
        var own = verdict == Verdict.ExplicitDeny ? call : call with { AllowedElsewhere = null };
        var judged = new JudgedCall(own, document, document.Explain(own.Request));
        return FindingRules.All.SelectMany(r => r.Inspect(judged)).Where(f => f.SeverityValue == FindingSeverity.Blocks);
    }

    private static Finding NoPolicy(RequiredCall call, string reason)
    {
        var judged = CausesOf(call, PolicyDocument.Empty(call.Target == PolicyTarget.Key ? PolicyKind.Key : PolicyKind.Bucket), Verdict.ImplicitDeny).First();
        return judged with { Evidence = reason };
    }
}
