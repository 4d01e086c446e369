namespace LogDelivery.Aws.Tests.Support;

/// <summary>
/// The metadata service of an EC2 instance. There is one for all tests: the SDK keeps its address as long as the process lives.
/// </summary>
internal static class MetadataService
{
    public const string Token = "metadata-token";

    private const string Roles = "/latest/meta-data/iam/security-credentials/";

    private static readonly FakeAws Service = new(AnswerTo);
    private static string? role;
    private static int askedBefore;

    /// <summary>The address.</summary>
    public static string Endpoint => Service.Url.TrimEnd('/');

    /// <summary>What was asked since the test began.</summary>
    public static IReadOnlyList<SeenRequest> Asked => [.. Service.Requests.Skip(askedBefore)];

    /// <summary>Begins a test.</summary>
    /// <param name="roleOfInstance">The role of the instance, if it has one.</param>
    public static void Begin(string? roleOfInstance)
    {
        role = roleOfInstance;
        askedBefore = Service.Requests.Count;
    }

    private static Answer AnswerTo(SeenRequest request) => request switch
    {
        { Method: "PUT", Path: "/latest/api/token" } => new(200, Token, "text/plain"),
        _ when role is null => new(404, string.Empty, "text/plain"),
        { Path: Roles } or { Path: "/latest/meta-data/iam/security-credentials" } => new(200, role, "text/plain"),
        { Path: "/latest/meta-data/iam/info" } => Answer.Json(
            """{"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","InstanceProfileArn":"arn:aws:iam::111122223333:instance-profile/audit","InstanceProfileId":"AIPAEXAMPLE"}"""),
        { Path: Roles + "audit" } => Answer.Json(
            """{"Code":"Success","Type":"AWS-HMAC","LastUpdated":"2026-01-01T00:00:00Z","AccessKeyId":"AKIAINSTANCE","SecretAccessKey":"s","Token":"session","Expiration":"2099-01-01T00:00:00Z"}"""),
        _ => new(404, string.Empty, "text/plain"),
    };
}
