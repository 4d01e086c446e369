using LogDelivery.Policies;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Trails. Source: CloudTrail API reference, CreateTrail, UpdateTrail, DeleteTrail, StartLogging, StopLogging. Seen in published
/// events: CreateTrail, StartLogging, StopLogging, and UpdateTrail as refused.
/// </summary>
internal static class TrailCalls
{
    private const string Service = "cloudtrail";
    private static readonly string Source = Sources.Catalog.CloudTrail.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateTrail", Set),
        new(Service, "UpdateTrail", Update),
        new(Service, "DeleteTrail", call => [Of(call, DestinationChangeKind.Ends)]),
        new(Service, "StopLogging", call => [Of(call, DestinationChangeKind.Ends)]),
        new(Service, "StartLogging", call => [Of(call, DestinationChangeKind.Resumes)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call) => call.Request.IsObject || call.Response.IsObject ? [At(call, DestinationChangeKind.Points)] : [];

    // What an update does not name stays; the answer has it all.
    private static IEnumerable<DestinationChange> Update(ManagementCall call)
    {
        if (new[] { "s3BucketName", "s3KeyPrefix", "kmsKeyId" }.Any(n => call.Request[n].Exists))
        {
            return [At(call, DestinationChangeKind.Points) with { IsPartial = true }];
        }

        return call.ErrorCode is null && call.Response["s3BucketName"].Exists ? [At(call, DestinationChangeKind.Confirms)] : [];
    }

    private static DestinationChange At(ManagementCall call, DestinationChangeKind kind)
        => Of(call, kind).To(Value(call, "s3BucketName"), Value(call, "s3KeyPrefix")) with
        {
            // The answer has the whole ARN of a key that was named by its id or alias.
            KmsKeyId = call.Response.Text("kmsKeyId") ?? call.Request.Text("kmsKeyId"),
            IsOrganizationTrail = (call.Response.Flag("isOrganizationTrail") ?? call.Request.Flag("isOrganizationTrail")) == true,
        };

    private static string? Value(ManagementCall call, string name) => call.Request.Text(name) ?? call.Response.Text(name);

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var name = call.Request.Text("name") ?? call.Response.Text("name");
        var logged = call.Response.Text("trailARN") ?? name;
        var arn = name is null && logged is null ? null : call.ArnOf(Service, Arn.TryParse(logged, out _) ? logged : $"trail/{name}");
        var isArn = Arn.TryParse(arn, out var parts);
        return new(kind, Source)
        {
            Resource = logged,
            Identity = arn,
            SourceArn = arn,
            AccountId = isArn ? parts.AccountId : null,
            Region = isArn ? parts.Region : null,
        };
    }
}
