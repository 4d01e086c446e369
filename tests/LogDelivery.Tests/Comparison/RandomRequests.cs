using LogDelivery.Policies;

namespace LogDelivery.Tests.Comparison;

/// <summary>
/// Requests as they could really be made: the keys that AWS derives from the principal agree with it, as
/// PrincipalClasses has it; the others are free.
/// </summary>
internal static class RandomRequests
{
    private static readonly string[] Accounts = ["111122223333", "444455556666", "444400001111", "123456789012"];
    private static readonly string[] Roles = ["Admin", "ops/Admin", "ops/Reader", "Writer"];
    private static readonly string[] Users = ["alice", "bob", "ops/alice"];
    private static readonly string[] Services = ["cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com", "x.logs.amazonaws.com", "config.amazonaws.com"];
    private static readonly string[] Actions = ["s3:PutObject", "s3:GetObject", "s3:GetBucketAcl", "s3:PutObjectAcl", "S3:PUTOBJECT", "s3:ListBucket", "s3:getobject"];

    private static readonly string[] Resources =
    [
        RandomPolicies.Bucket,
        $"{RandomPolicies.Bucket}/AWSLogs/111122223333/CloudTrail/x",
        $"{RandomPolicies.Bucket}/AWSLogs/111144443333/CloudTrail/x",
        $"{RandomPolicies.Bucket}/AWSLogs/444455556666/y",
        $"{RandomPolicies.Bucket}/AWSLogs/111122223333/",
        $"{RandomPolicies.Bucket}/home/alice/x",
        $"{RandomPolicies.Bucket}/home/bob/x",
        $"{RandomPolicies.Bucket}/audit/x",
        $"{RandomPolicies.Bucket}/none/x",
        $"{RandomPolicies.Bucket}/other",
        $"{RandomPolicies.Bucket}/111122223333/CloudTrail/x",
        $"{RandomPolicies.Bucket}/x111/CloudTrail/444455556666/x",
        $"{RandomPolicies.Bucket}/AWSLogs/123456789012/CloudTrail/123456789012/y",
    ];

    private static readonly Dictionary<string, string[][]> FreeKeys = new()
    {
        ["aws:SourceAccount"] = [[], ["111122223333"], ["444455556666"], ["111199998888"], ["123456789012"]],
        ["aws:SourceArn"] =
        [
            [], ["arn:aws:cloudtrail:us-east-1:111122223333:trail/main"], ["arn:aws:cloudtrail:us-east-1:111122223333:trail/MAIN"],
            ["arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"], ["arn:aws:cloudtrail:us-west-2:444455556666:trail/main"],
            ["arn:aws:logs:us-east-1:111122223333:x"], ["arn:aws:s3:::amzn-s3-demo-bucket"], ["no-arn"],
        ],
        ["s3:x-amz-acl"] = [[], ["bucket-owner-full-control"], ["Bucket-Owner-Full-Control"], ["private"]],
        ["s3:prefix"] = [[], [""], ["home/"], ["home/alice"], ["home/alice/x"], ["HOME/bob"], ["audit"], ["none"], ["other"]],
        ["aws:SourceVpce"] = [[], ["vpce-1a2b3c4d"], ["vpce-other"]],
        ["s3:max-keys"] = [[], ["5"], ["10"], ["10.2"], ["10.5"], ["15"], ["20"], ["1000"], ["-21"], ["9307199254740993000"], ["many"]],
        ["aws:CurrentTime"] =
        [
            [], ["2026-01-30T23:59:59Z"], ["2026-01-31T00:00:00Z"], ["2026-01-31T00:00:00.1234567Z"], ["2026-01-31T00:00:00.1234568Z"],
            ["2026-01-31T12:00:00Z"], ["2026-02-01T00:00:00Z"], ["9999-12-31T23:59:59Z"], ["never"],
        ],
        ["aws:SecureTransport"] = [[], ["true"], ["false"], ["TRUE"]],
        ["s3:key-digest"] = [[], ["QUJD"], ["QUJE"], ["?"]],
        ["aws:SourceIp"] = [[], ["203.0.113.1"], ["203.0.113.200"], ["192.0.2.1"], ["2001:db8::1"], ["2001:db9::1"], ["::ffff:203.0.113.1"], ["0.0.0.0"]],
        ["aws:TagKeys"] = [[], ["team"], ["stage"], ["team", "stage"], ["team", "other"], ["stage", "s2", "other"], ["other"]],
        ["aws:ResourceAccount"] = [[], ["111122223333"], ["444455556666"], ["123456789012"]],
        ["aws:ResourceOrgID"] = [[], ["o-exampleorgid"], ["o-other"], ["o-third"]],
    };

    private static readonly Dictionary<string, string[][]> KeysOfIamPrincipals = new()
    {
        ["aws:PrincipalOrgID"] = [[], ["o-exampleorgid"], ["o-other"]],
        ["aws:PrincipalOrgPaths"] = [[], ["o-exampleorgid/r-ab12/ou-1/"], ["o-exampleorgid/r-cd34/"], ["o-other/r-ab12/"]],
        ["aws:PrincipalTag/team"] = [[], ["audit"], ["none"], ["other"], [""]],
    };

    public static PolicyRequest Next(Random random)
    {
        var keys = new Dictionary<string, ContextValue>();
        foreach (var (key, values) in FreeKeys)
        {
            keys[key] = ContextValue.Of(Pick(random, values));
        }

        return new PolicyRequest(NextPrincipal(random, keys), Pick(random, Actions), Pick(random, Resources), new RequestContext(keys));
    }

    private static RequestPrincipal NextPrincipal(Random random, Dictionary<string, ContextValue> keys)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                var service = Pick(random, Services);
                keys["aws:PrincipalIsAWSService"] = ContextValue.Of("true");
                keys["aws:PrincipalServiceName"] = ContextValue.Of(service);
                keys["aws:PrincipalServiceNamesList"] = ContextValue.Of(Pick<string[]>(random, [[service], [service, service.Replace(".amazonaws", ".us-east-1.amazonaws", StringComparison.Ordinal)], [service, service.Replace(".amazonaws", ".eu-west-1.amazonaws", StringComparison.Ordinal)]]));
                keys["aws:PrincipalArn"] = ContextValue.Of("arn:aws:iam::000000000000:role/aws-internal");
                keys["aws:PrincipalAccount"] = ContextValue.Of("000000000000");
                return RequestPrincipal.Service(service);
            case 2:
                keys["aws:PrincipalIsAWSService"] = ContextValue.Of("false");
                return random.Next(3) switch
                {
                    0 => RequestPrincipal.Anonymous,
                    1 => RequestPrincipal.Federated(Pick(random, ["cognito-identity.amazonaws.com", "accounts.google.com"])),
                    _ => RequestPrincipal.CanonicalUser(Pick(random, ["79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be", "99a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"])),
                };
            default:
                return NextIamPrincipal(random, keys);
        }
    }

    private static RequestPrincipal NextIamPrincipal(Random random, Dictionary<string, ContextValue> keys)
    {
        var account = Pick(random, Accounts);
        keys["aws:PrincipalIsAWSService"] = random.Next(4) == 0 ? ContextValue.Absent : ContextValue.Of("false");
        keys["aws:PrincipalAccount"] = ContextValue.Of(account);
        foreach (var (key, values) in KeysOfIamPrincipals)
        {
            keys[key] = ContextValue.Of(Pick(random, values));
        }

        string arn;
        string identity;
        switch (random.Next(4))
        {
            case 0:
                arn = identity = $"arn:aws:iam::{account}:root";
                keys["aws:PrincipalType"] = ContextValue.Of("Account");
                break;
            case 1:
                var user = Pick(random, Users);
                arn = identity = $"arn:aws:iam::{account}:user/{user}";
                keys["aws:PrincipalType"] = ContextValue.Of("User");
                keys["aws:username"] = ContextValue.Of(user[(user.LastIndexOf('/') + 1)..]);
                break;
            case 2:
                var role = Pick(random, Roles);
                arn = identity = $"arn:aws:iam::{account}:role/{role}";
                keys["aws:PrincipalType"] = ContextValue.Of("AssumedRole");
                break;
            default:
                // A session's key holds the ARN of the role, with its path.
                var assumed = Pick(random, Roles);
                arn = $"arn:aws:sts::{account}:assumed-role/{assumed[(assumed.LastIndexOf('/') + 1)..]}/{Pick(random, ["run-1", "run-2"])}";
                identity = $"arn:aws:iam::{account}:role/{assumed}";
                keys["aws:PrincipalType"] = ContextValue.Of("AssumedRole");
                break;
        }

        keys["aws:PrincipalArn"] = ContextValue.Of(identity);
        return RequestPrincipal.Aws(arn);
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
