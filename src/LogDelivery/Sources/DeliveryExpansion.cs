using System.Text;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>Fills the placeholders of a source's templates with the values of one delivery.</summary>
internal sealed class DeliveryExpansion
{
    private readonly DeliverySource source;
    private readonly Delivery delivery;
    private readonly Dictionary<string, string> values;

    public DeliveryExpansion(DeliverySource source, Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        delivery.Validate();
        this.source = source;
        this.delivery = delivery;
        var region = source.ControlRegion ?? delivery.Region;
        values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["partition"] = delivery.Partition,
            ["region"] = region,
            ["account"] = delivery.AccountId,
            ["accountSegment"] = delivery.HiveCompatiblePartitions ? $"aws-account-id={delivery.AccountId}" : delivery.AccountId,
            ["bucket"] = delivery.BucketName,
            ["prefix"] = PrefixWithSlash(delivery.KeyPrefix),
            ["rawPrefix"] = delivery.KeyPrefix ?? string.Empty,
            ["org"] = delivery.OrganizationId ?? string.Empty,
            ["keyArn"] = delivery.KmsKeyArn ?? string.Empty,
            ["bucketRegion"] = delivery.Bucket.Region ?? region,
        };
        if (source.Parameters.FirstOrDefault(p => p.IsRequired && ValueOf(p.Name) is null) is { } missing)
        {
            throw new InvalidDeliveryException($"{source.Id} needs {missing.Name}: {missing.Description}", missing.Name);
        }

        values["role"] = delivery.RoleArn ?? $"arn:{delivery.Partition}:iam::{delivery.AccountId}:role/UNKNOWN";
        values["sourceArn"] = delivery.SourceArn ?? Fill(source.SourceArn ?? string.Empty);
        var bucket = Expand(PolicyTarget.Bucket, source.Grants);
        var key = delivery.KmsKeyArn is null ? [] : Expand(PolicyTarget.Key, source.KeyGrants);
        Grants = [.. bucket.Concat(key).Select(e => e.Grant)];
        Calls = [.. bucket.Concat(key).SelectMany(e => e.Calls)];
    }

    public IReadOnlyList<Grant> Grants { get; }

    public IReadOnlyList<RequiredCall> Calls { get; }

    private List<(Grant Grant, List<RequiredCall> Calls)> Expand(PolicyTarget target, GrantTemplate[] templates)
    {
        var expanded = new List<(Grant, List<RequiredCall>)>();
        foreach (var template in templates.Where(t => t.When?.Invoke(delivery) ?? true))
        {
            var principal = PrincipalOf(target);
            var grant = new Grant(
                target,
                template.Sid,
                principal,
                template.Actions,
                target == PolicyTarget.Key ? "*" : ObjectArn(Fill(template.Key)),
                [.. GuardOf(target).Concat(template.Conditions).Select(Fill)],
                template.IsOptional);
            var calls = template.Calls
                .Where(c => c.When?.Invoke(delivery) ?? true)
                .Select(c => ToCall(target, template, c, grant, principal))
                .ToList();
            expanded.Add((grant, calls));
        }

        return expanded;
    }

    private RequiredCall ToCall(PolicyTarget target, GrantTemplate template, CallTemplate call, Grant grant, RequestPrincipal principal)
    {
        var resource = target == PolicyTarget.Key ? delivery.KmsKeyArn! : ObjectArn(Fill(call.Key));
        var context = new DeliveryContext(source, delivery, values["sourceArn"], Fill).Create(target, principal, template.SendsAcl, call);
        return new(delivery, target, call.Name, new PolicyRequest(principal, call.Action, resource, context), grant, AllowedElsewhere(target));
    }

    private string? AllowedElsewhere(PolicyTarget target) => source.Family switch
    {
        DeliveryFamily.AclGrantee when target == PolicyTarget.Bucket => "the bucket's ACL",
        DeliveryFamily.CustomerRole when (delivery.Bucket.AccountId ?? delivery.AccountId) == delivery.AccountId => "the role's own policy",
        _ => null,
    };

    private RequestPrincipal PrincipalOf(PolicyTarget target)
    {
        var template = target == PolicyTarget.Key && source.KeyPrincipal is not null ? source.KeyPrincipal
            : source.OptInPrincipal is not null && Regions.IsOptIn(values["region"]) ? source.OptInPrincipal
            : source.Principal;
        var text = Fill(template);
        return source.Family switch
        {
            _ when text.EndsWith(".amazonaws.com", StringComparison.Ordinal) => RequestPrincipal.Service(text),
            DeliveryFamily.CustomerRole => RequestPrincipal.Aws(text),
            DeliveryFamily.AclGrantee => RequestPrincipal.CanonicalUser(text),
            _ => RequestPrincipal.Service(text),
        };
    }

    private ConditionTemplate[] GuardOf(PolicyTarget target)
    {
        if (target == PolicyTarget.Key && source.KeyGuard is not null)
        {
            return source.KeyGuard;
        }

        return delivery.SourceArn is null ? source.GuardWithoutSourceArn ?? source.Guard : source.Guard;
    }

    private GrantCondition Fill(ConditionTemplate template)
    {
        var filled = template.Values.Select(Fill).ToArray();
        // The documentation compares a full ARN by StringEquals; a wildcard there would be a plain character.
        var isWild = Array.Exists(filled, v => v.AsSpan().ContainsAny('*', '?'));
        var op = isWild && template.Operator == "StringEquals" ? "ArnLike" : template.Operator;
        return new(op, template.Key, filled);
    }

    private string ObjectArn(string key) => key.Length == 0 ? delivery.BucketArn : $"{delivery.BucketArn}/{key}";

    private string Fill(string template)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
        {
            return template;
        }

        var text = new StringBuilder(template);
        foreach (var (name, value) in values)
        {
            text.Replace($"{{{name}}}", value);
        }

        return text.ToString();
    }

    private string? ValueOf(string parameter) => parameter switch
    {
        "SourceArn" or "TrailArn" => delivery.SourceArn,
        "RoleArn" => delivery.RoleArn,
        "OrganizationId" => delivery.OrganizationId,
        "KmsKeyArn" => delivery.KmsKeyArn,
        "KeyPrefix" => delivery.KeyPrefix,
        _ => throw new InvalidOperationException($"{source.Id} asks for the unknown parameter {parameter}."),
    };

    // A slash at the end of the configured prefix is dropped here as CloudTrail and ELB do; where a source doubles it
    // instead, a finding says so.
    private static string PrefixWithSlash(string? prefix) => string.IsNullOrEmpty(prefix) ? string.Empty : $"{prefix.TrimEnd('/')}/";
}
