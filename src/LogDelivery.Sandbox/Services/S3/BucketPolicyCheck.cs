using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>
/// Rejects bucket policies that S3 rejects. The engine checks the grammar; this checks the rules that depend on the bucket:
/// the resources must be its own, and every action must have a resource to apply to.
/// </summary>
internal static class BucketPolicyCheck
{
    // The actions on objects begin like this; everything else is about the bucket.
    private static readonly string[] ObjectActions =
    [
        "s3:getobject", "s3:putobject", "s3:deleteobject", "s3:abortmultipartupload", "s3:listmultipartuploadparts", "s3:restoreobject",
        "s3:replicate", "s3:bypassgovernanceretention", "s3:objectowneroverridetobucketowner", "s3:initiatereplication", "s3:updateobject",
    ];

    private static readonly string[] BucketActionsLikeObjectActions = ["s3:getobjectlockconfiguration"];

    public static PolicyDocument Validate(Bucket bucket, byte[] body)
    {
        if (body.Length > PolicyDocument.MaxBucketPolicyBytes)
        {
            throw S3Errors.MalformedPolicy($"Normalized policy document exceeds the maximum allowed size of {PolicyDocument.MaxBucketPolicyBytes} bytes.");
        }

        var text = Encoding.UTF8.GetString(body);
        if (!PolicyDocument.TryParse(text, PolicyKind.Bucket, out var document, out var problems))
        {
            var problem = problems.First(p => p.Severity == PolicyProblemSeverity.Error);
            throw S3Errors.MalformedPolicy(MessageFor(problem, text), problem.ToString());
        }

        foreach (var statement in StatementsOf(text))
        {
            CheckResources(bucket, statement);
        }

        return document!;
    }

    /// <summary>Whether a policy is public in the sense of Block Public Access, simplified: an unconditional Allow for any principal.</summary>
    public static bool IsPublic(string text)
        => StatementsOf(text).Any(s => (string?)s["Effect"] == "Allow"
            && s["Condition"] is null or JsonObject { Count: 0 }
            && ((s["Principal"] is JsonValue && (string?)s["Principal"] == "*")
                || (s["Principal"] is JsonObject principal && TextsOf(principal["AWS"]).Contains("*"))));

    private static IEnumerable<JsonObject> StatementsOf(string text) => JsonNode.Parse(text)?["Statement"] switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };

    private static string[] TextsOf(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Select(i => (string?)i).OfType<string>()],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [(string)value!],
        _ => [],
    };

    private static void CheckResources(Bucket bucket, JsonObject statement)
    {
        var resources = TextsOf(statement["Resource"]);
        foreach (var resource in resources.Concat(TextsOf(statement["NotResource"])))
        {
            if (!Names(bucket, resource, out _))
            {
                throw S3Errors.MalformedPolicy("Policy has invalid resource", resource);
            }
        }

        if (resources.Length == 0)
        {
            return;
        }

        var onBucket = resources.Any(r => Names(bucket, r, out var isObject) && (!isObject || r.Contains('*', StringComparison.Ordinal) && !r.Contains('/', StringComparison.Ordinal)));
        var onObjects = resources.Any(r => Names(bucket, r, out var isObject) && (isObject || r.EndsWith('*')));
        foreach (var action in TextsOf(statement["Action"]).Select(a => a.ToLowerInvariant()).Where(a => !a.AsSpan().ContainsAny('*', '?')))
        {
            var isObjectAction = ObjectActions.Any(o => action.StartsWith(o, StringComparison.Ordinal)) && !BucketActionsLikeObjectActions.Contains(action);
            if (isObjectAction ? !onObjects : !onBucket)
            {
                throw S3Errors.MalformedPolicy("Action does not apply to any resource(s) in statement", action);
            }
        }
    }

    private static bool Names(Bucket bucket, string resource, out bool isObject)
    {
        isObject = false;
        if (resource == "*")
        {
            return true;
        }

        if (!Arn.TryParse(resource, out var arn) || arn.Service != "s3")
        {
            return false;
        }

        var slash = arn.Resource.IndexOf('/', StringComparison.Ordinal);
        isObject = slash >= 0;
        var name = isObject ? arn.Resource[..slash] : arn.Resource;
        return name == bucket.Name || (name.AsSpan().ContainsAny('*', '?') && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(name, bucket.Name, ignoreCase: false));
    }

    // The messages of S3, where they are known; those of the engine are added as detail.
    private static string MessageFor(PolicyProblem problem, string text)
    {
        if (text.TrimStart() is not ['{', ..] || problem.Path.Length == 0)
        {
            return "Policies must be valid JSON and the first byte must be '{'";
        }

        return problem.Path switch
        {
            var p when p.Contains("Principal", StringComparison.Ordinal) => "Invalid principal in policy",
            var p when p.Contains("Resource", StringComparison.Ordinal) => "Policy has invalid resource",
            var p when p.Contains("Action", StringComparison.Ordinal) => "Policy has invalid action",
            var p when p.Contains("Condition", StringComparison.Ordinal) => "Policy has an invalid condition key",
            _ => "Invalid policy syntax.",
        };
    }
}
