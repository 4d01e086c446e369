using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Tests.Repair;

/// <summary>Deliveries and policies that the tests of repair start from.</summary>
internal static class Situation
{
    public const string Account = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string Bucket = "amzn-s3-demo-bucket";
    public const string Key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /// <summary>Statements of other people, which no repair may touch. BUCKET stands for the bucket's ARN.</summary>
    public static readonly string[] Foreign =
    [
        """{ "Sid": "AnalystsRead", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/LogAnalyst" }, "Action": ["s3:GetObject","s3:ListBucket"],  "Resource": ["BUCKET", "BUCKET/*"] }""",
        """{ "Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["BUCKET", "BUCKET/*"], "Condition": { "Bool": { "aws:SecureTransport": "false" } } }""",
        """{ "Effect": "Allow", "Principal": {"Service": "serverlessrepo.amazonaws.com"}, "Action": "s3:GetObject", "Resource": "BUCKET/packages/*", "Condition": { "StringEquals": {"aws:SourceAccount": ["111122223333"]}} }""",
    ];

    public static Delivery Of(string id) => Of(SourceCatalog.Find(id)!);

    /// <summary>A delivery of a source with all that a user would know of it.</summary>
    public static Delivery Of(DeliverySource source, string account = Account, string resource = "main") => new()
    {
        Source = source,
        BucketName = $"{source.Constraints.NamePrefix}{Bucket}",
        AccountId = account,
        Region = "us-east-1",
        KeyPrefix = "logs",
        SourceArn = SourceArnOf(source, account, resource),
        RoleArn = source.Family == DeliveryFamily.CustomerRole ? $"arn:aws:iam::{account}:role/delivery" : null,
        KmsKeyArn = source.Constraints.RequiresKmsKey ? Key : null,
        Time = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>The ARN of one concrete configuring resource, where a source names such.</summary>
    public static string? SourceArnOf(DeliverySource source, string account, string resource)
    {
        if (source.SourceArns.Length == 0 || source.SourceArnIsLiteral)
        {
            return null;
        }

        var parts = source.SourceArns[0]
            .Replace("{partition}", "aws", StringComparison.Ordinal)
            .Replace("{region}", source.ControlRegion ?? "us-east-1", StringComparison.Ordinal)
            .Replace("{account}", account, StringComparison.Ordinal)
            .Split(':', 6);
        parts[3] = parts[3].Replace("*", "us-east-1", StringComparison.Ordinal);
        parts[5] = parts[5].Replace("*", resource, StringComparison.Ordinal);
        return string.Join(':', parts);
    }

    public static PolicyDocument Policy(Delivery delivery, params IEnumerable<string> statements) => PolicyDocument.Parse(
        $$"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {{string.Join(",\n    ", statements.Select(s => s.Replace("BUCKET", delivery.BucketArn, StringComparison.Ordinal)))}}
          ]
        }

        """,
        PolicyKind.Bucket);

    public static PolicyDocument KeyPolicy(params IEnumerable<string> statements)
        => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(",\n", statements)}}]}""", PolicyKind.Key);

    /// <summary>The statements that a delivery needs, as they should be.</summary>
    public static JsonObject[] Grants(Delivery delivery, PolicyTarget target = PolicyTarget.Bucket)
        => [.. PolicyRepair.GrantsOf([delivery], target).Select(g => g.ToJsonNode())];

    public static PolicyDocument Needed(IReadOnlyList<Delivery> deliveries, PolicyTarget target)
        => PolicyDocument.Parse(
            $$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", PolicyRepair.GrantsOf(deliveries, target).Select(g => g.ToJson()))}}]}""",
            target == PolicyTarget.Key ? PolicyKind.Key : PolicyKind.Bucket);

    public static string[] Resources(Delivery delivery, PolicyTarget target)
        => target == PolicyTarget.Key ? [] : [delivery.BucketArn, $"{delivery.BucketArn}/?*"];

    public static string[] Texts(this PolicyDocument document)
        => [.. Enumerable.Range(0, document.Statements.Count).Select(document.GetStatementText)];

    /// <summary>The condition block of a statement, made where there is none.</summary>
    public static JsonObject Conditions(this JsonObject statement)
    {
        if (statement["Condition"] is JsonObject block)
        {
            return block;
        }

        var made = new JsonObject();
        statement["Condition"] = made;
        return made;
    }

    /// <summary>Every condition of a statement: its operator, the operator's block and its key.</summary>
    public static (string Operator, JsonObject Block, string Key)[] EachCondition(this JsonObject statement)
        => statement["Condition"] is JsonObject block
            ? [.. block.SelectMany(o => o.Value!.AsObject().Select(k => (o.Key, o.Value!.AsObject(), k.Key)))]
            : [];

    public static void SetCondition(this JsonObject statement, string op, string key, JsonNode value)
    {
        var block = statement.Conditions();
        if (block[op] is not JsonObject keys)
        {
            block[op] = keys = [];
        }

        keys[key] = value;
    }

    public static void DropCondition(this JsonObject statement, string key)
    {
        foreach (var (op, block, name) in statement.EachCondition().Where(c => c.Key.Equals(key, StringComparison.OrdinalIgnoreCase)))
        {
            block.Remove(name);
            if (block.Count == 0)
            {
                statement.Conditions().Remove(op);
            }
        }

        if (statement["Condition"] is JsonObject { Count: 0 })
        {
            statement.Remove("Condition");
        }
    }
}
