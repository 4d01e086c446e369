using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Streams.Links;

/// <summary>The stream and what its role may do.</summary>
internal static class StreamLinks
{
    public static StreamLinkRow InspectStream(StreamPicture picture)
    {
        var report = new LinkReport(StreamLink.Stream, picture.StreamArn);
        if (picture.Stream.IsMissing)
        {
            report.Break(StreamFindings.NoStream(picture.StreamName, picture.Region), "DeliveryStreamName");
        }
        else if (picture.Stream.Value is not { } stream)
        {
            report.Doubt(picture.Stream, $"The stream {picture.StreamName}");
        }
        else
        {
            InspectState(report, picture, stream);
        }

        return report.ToRow(picture);
    }

    public static IEnumerable<StreamLinkRow> InspectRole(StreamPicture picture, StreamDescription stream, StreamDestination destination, StreamDelivery delivery)
    {
        var requests = new StreamRequests(picture);
        var roleArn = destination.RoleArn;
        var trust = new LinkReport(StreamLink.StreamTrust, roleArn);
        if (picture.Role.IsMissing)
        {
            trust.Break(StreamFindings.NoStreamRole(roleArn), "RoleARN");
        }
        else if (picture.Role.Value is { } role)
        {
            RoleLinks.InspectTrust(
                trust,
                role,
                [requests.TrustOfFirehose(roleArn)],
                (reason, path) => StreamFindings.StreamTrustRefuses(reason, StreamGrants.StreamTrust(picture, roleArn).ToJson(), path),
                "sts:ExternalId");
        }
        else
        {
            trust.Doubt(picture.Role, $"The role {roleArn}");
        }

        yield return trust.ToRow(picture);
        yield return InspectBucketPermission(picture, roleArn, delivery).ToRow(picture);
        if (picture.KmsKeyId is not null)
        {
            yield return InspectKeyPermission(picture, roleArn, delivery).ToRow(picture);
        }

        if (destination is { LogsErrors: true, ErrorLogGroup.Length: > 0, ErrorLogStream.Length: > 0 })
        {
            var call = requests.PutErrors(destination);
            yield return Inspect(picture, StreamLink.ErrorLogPermission, roleArn, [call], r => StreamFindings.MayNotLogErrors(r, StreamGrants.ErrorLog(call.Request).ToJson()));
        }

        if (destination.LambdaArn is { } function)
        {
            yield return Inspect(picture, StreamLink.LambdaPermission, roleArn, requests.CallLambda(destination), r => StreamFindings.MayNotCallLambda(r, StreamGrants.Lambda(roleArn, function).ToJson()));
        }

        // Its own role reads the source; only where that is the role that was read can anything be said.
        if (stream.KinesisStreamArn is { } source && (stream.KinesisRoleArn ?? roleArn) == roleArn)
        {
            yield return Inspect(picture, StreamLink.KinesisPermission, roleArn, requests.ReadKinesis(stream), r => StreamFindings.MayNotReadKinesis(r, StreamGrants.Kinesis(roleArn, source).ToJson()));
        }
    }

    private static void InspectState(LinkReport report, StreamPicture picture, StreamDescription stream)
    {
        if (stream.Status != "ACTIVE")
        {
            report.Break(StreamFindings.StreamNotActive(stream.Name, stream.Status, stream.Failure), "DeliveryStreamStatus");
        }
        else if (stream.EncryptionStatus is { } encryption && encryption.EndsWith("_FAILED", StringComparison.Ordinal))
        {
            report.Break(StreamFindings.StreamNotActive(stream.Name, stream.Status, $"its own encryption is {encryption}{(stream.EncryptionFailure is null ? string.Empty : $" ({stream.EncryptionFailure})")}"), "DeliveryStreamEncryptionConfiguration");
        }

        if (stream.Type != "DirectPut" && picture.Subscriptions.Any(s => s.FilterTo(picture.StreamArn) is not null))
        {
            report.Break(StreamFindings.StreamHasOtherSource(stream.Name, stream.Type), "DeliveryStreamType");
        }

        if (stream.Destination is null)
        {
            report.Break(StreamFindings.NotToS3(stream.Name, stream.DestinationKind), "Destinations");
        }

        report.At("DeliveryStreamStatus");
        report.Say($"It is {stream.Status}, of the type {stream.Type}.");
    }

    private static LinkReport InspectBucketPermission(StreamPicture picture, string roleArn, StreamDelivery delivery)
    {
        var report = new LinkReport(StreamLink.BucketPermission, roleArn);
        if (delivery.Prefix.Problems.Count > 0)
        {
            report.Break(StreamFindings.InvalidPrefix("Prefix", delivery.Prefix.Problems), "Prefix");
        }

        if (delivery.ErrorPrefix.Problems.Count > 0)
        {
            report.Break(StreamFindings.InvalidPrefix("ErrorOutputPrefix", delivery.ErrorPrefix.Problems), "ErrorOutputPrefix");
        }

        if (picture.Role.IsMissing)
        {
            report.Doubt("There is no role that could be allowed anything.");
            return report;
        }

        var policies = BucketPolicies(picture, roleArn);
        var judged = delivery.BucketCalls().Where(c => !c.IsOptional).Select(c => (c.Name, c.Request, Part: AccessEvaluation.Explain(c.Request, policies).Identity)).ToArray();
        string[] grants = [.. StreamGrants.Bucket(delivery).Select(g => g.ToJson())];
        var forErrors = judged.Where(j => j.Name == StreamDelivery.ErrorCallName).ToArray();
        report.Judge([.. judged.Except(forErrors)], r => StreamFindings.MayNotWrite(r, grants));

        // What stops the data stops failed records as a rule, and one statement mends both.
        if (!report.IsBroken)
        {
            report.Judge(forErrors, r => StreamFindings.MayNotWriteFailures(r, grants));
        }

        return report;
    }

    private static LinkReport InspectKeyPermission(StreamPicture picture, string roleArn, StreamDelivery delivery)
    {
        var report = new LinkReport(StreamLink.KeyPermission, roleArn);
        if (picture.Role.IsMissing)
        {
            report.Doubt("There is no role that could be allowed anything.");
            return report;
        }

        var calls = delivery.KeyCalls();
        if (calls.Count == 0)
        {
            report.Doubt($"The ARN of the key {picture.KmsKeyId} is not known.");
            return report;
        }

        var policies = KeyPolicies(picture, roleArn);
        string[] grants = [.. StreamGrants.Key(delivery).Select(g => g.ToJson())];
        report.Judge(
            [.. calls.Select(c => (c.Name, c.Request, AccessEvaluation.Explain(c.Request, policies).Identity))],
            r => StreamFindings.MayNotUseKey(r, grants));
        return report;
    }

    /// <summary>The policies that decide about a call on the bucket.</summary>
    public static AccessPolicies BucketPolicies(StreamPicture picture, string roleArn) => RoleAccess.Of(picture.Role, roleArn) with
    {
        Resource = picture.BucketPolicy.IsMissing ? null : RoleAccess.Named("the bucket policy", picture.BucketPolicy.Value, PolicyKind.Bucket),
        ResourceAccountId = picture.BucketSettings.AccountId,
    };

    /// <summary>The policies that decide about a call on the key.</summary>
    public static AccessPolicies KeyPolicies(StreamPicture picture, string roleArn) => RoleAccess.Of(picture.Role, roleArn) with
    {
        // Every key has a policy; one that is "not found" was not shown.
        Resource = RoleAccess.Named("the key policy", picture.KeyPolicy.Value, PolicyKind.Key),
        ResourceMustAllow = true,
        ResourceAccountId = Arn.TryParse(picture.Key.Value?.Arn ?? picture.KmsKeyId, out var arn) ? arn.AccountId : null,
    };

    private static StreamLinkRow Inspect(StreamPicture picture, StreamLink link, string roleArn, IReadOnlyList<StreamCall> calls, Func<string, Finding> explain)
    {
        var report = new LinkReport(link, roleArn);
        if (picture.Role.IsMissing)
        {
            report.Doubt("There is no role that could be allowed anything.");
        }
        else
        {
            AccessPart PartOf(StreamCall call)
                => AccessEvaluation.Explain(call.Request, RoleAccess.Of(picture.Role, roleArn) with { ResourceAccountId = Arn.TryParse(call.Request.Resource, out var arn) ? arn.AccountId : null }).Identity;
            report.Judge([.. calls.Select(c => (c.Name, c.Request, PartOf(c)))], explain);
        }

        return report.ToRow(picture);
    }
}
