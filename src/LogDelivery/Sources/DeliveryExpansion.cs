using System.Text;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>Fills the placeholders of a source's templates with the values of one delivery.</summary>
internal sealed class DeliveryExpansion
{
    private const string SourceArnPlaceholder = "{sourceArn}";
    private const string ObservedName = "as logged";
    private const string Write = "s3:PutObject";

    private readonly DeliverySource source;
    private readonly Delivery delivery;
    private readonly Dictionary<string, string> values;
    private readonly string[] sourceArns;
    private readonly DeliveryContext context;

    public DeliveryExpansion(DeliverySource source, Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        delivery.Validate();
        this.source = source;
        this.delivery = delivery;
        if (source.Parameters.FirstOrDefault(p => p.IsRequired && ValueOf(p.Name) is null) is { } missing)
        {
            throw new InvalidDeliveryException($"{source.Id} needs {missing.Name}: {missing.Description}", missing.Name);
        }

        var keyRegion = Arn.TryParse(delivery.KmsKeyArn, out var key) ? key.Region : string.Empty;
        values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["partition"] = delivery.Partition,
            ["region"] = delivery.Partition == "aws" ? source.ControlRegion ?? delivery.Region : delivery.Region,
            ["account"] = delivery.AccountId,
            ["accountSegment"] = delivery.HiveCompatiblePartitions && source.HiveKeyLayout is not null ? $"aws-account-id={delivery.AccountId}" : delivery.AccountId,
            ["bucket"] = delivery.BucketName,
            ["org"] = delivery.OrganizationId ?? string.Empty,
            ["keyArn"] = delivery.KmsKeyArn ?? string.Empty,
            ["keyRegion"] = keyRegion,
            ["role"] = delivery.RoleArn ?? string.Empty,
            ["sourceBucket"] = SourceBucket(delivery.SourceArn),
        };
        values["prefix"] = string.IsNullOrEmpty(delivery.KeyPrefix)
            ? WithSlash(Fill(source.DefaultPrefix ?? string.Empty), KeyPrefixStyle.Folder)
            : WithSlash(delivery.KeyPrefix, source.PrefixStyle);
        sourceArns = delivery.SourceArn is { } known ? [known] : [.. source.SourceArns.Select(Fill)];
        values["sourceArn"] = sourceArns.FirstOrDefault() ?? string.Empty;
        context = new DeliveryContext(source, delivery, sourceArns, values["prefix"], Fill);

        var inBucket = Expand(PolicyTarget.Bucket, source.Grants);
        var inKey = delivery.KmsKeyArn is null ? [] : Expand(PolicyTarget.Key, source.KeyGrants);
        Grants = [.. inBucket.Concat(inKey).Select(e => e.Grant).Where(g => g.AclPermission is null)];
        Calls = [.. inBucket.Concat(inKey).SelectMany(e => e.Calls)];
    }

    public IReadOnlyList<Grant> Grants { get; }

    public IReadOnlyList<RequiredCall> Calls { get; }

    private List<(Grant Grant, List<RequiredCall> Calls)> Expand(PolicyTarget target, GrantTemplate[] templates)
    {
        var expanded = new List<(Grant Grant, List<RequiredCall> Calls)>();
        var caller = CallerOf(target);
        foreach (var template in templates.Where(t => t.When?.Invoke(delivery) ?? true))
        {
            var grant = new Grant(
                target,
                template.Sid,
                caller.Principal,
                template.Actions,
                target == PolicyTarget.Key ? "*" : ObjectArn(Fill(template.Key)),
                [.. (template.Guard ?? GuardOf(target)).Concat(template.Conditions).Select(Fill)],
                template.IsOptional)
            {
                AclPermission = template.AclPermission,
            };
            var calls = template.Calls
                .Where(c => c.When?.Invoke(delivery) ?? true)
                .Select(c => ToCall(target, template, c, grant, caller))
                .ToList();
            if (target == PolicyTarget.Bucket && !expanded.SelectMany(e => e.Calls).Any(c => c.Name == ObservedName) && Observed(template) is { } observed)
            {
                calls.Insert(0, ToCall(target, template, observed, grant, caller));
            }

            expanded.Add((grant, calls));
        }

        return expanded;
    }

    // The request that was logged, as one call more: with its own key, and with the context of those like it. A key that the
    // documented statement is not for was not written by this delivery as it is configured now.
    private CallTemplate? Observed(GrantTemplate template)
    {
        if (delivery.ObservedRequest is not { Key: { } key } observed || Array.Find(template.Calls, c => c.Action == observed.Action) is not { } like)
        {
            return null;
        }

        var documented = Pattern.Compile(ObjectArn(Fill(template.Key)), wildcards: true, variables: false);
        return documented.IsMatch(ObjectArn(key)) ? like with { Name = ObservedName, Key = key, When = null } : null;
    }

    // A service that sent the header once, or did not, does the same with each of its objects.
    private bool? SendsAcl(GrantTemplate template)
        => delivery.ObservedRequest is { Action: Write, SendsAcl: { } isSent } && Array.Exists(template.Calls, c => c.Action == Write) ? isSent : template.SendsAcl;

    private RequiredCall ToCall(PolicyTarget target, GrantTemplate template, CallTemplate call, Grant grant, Caller caller)
    {
        var resource = target == PolicyTarget.Key ? delivery.KmsKeyArn! : ObjectArn(Fill(call.Key));
        PolicyRequest RequestOf(Caller who)
            => new(who.Principal, call.Action, resource, context.Create(target, who, SendsAcl(template), call));
        return new(delivery, target, call.Name, RequestOf(caller), grant, AllowedElsewhere(target, caller))
        {
            AlternativeRequest = AlternativeCaller(target) is { } other ? RequestOf(other) : null,
            AlsoNeeds = AlsoNeeds(target, caller),
        };
    }

    private Caller CallerOf(PolicyTarget target)
    {
        var template = target == PolicyTarget.Key && source.KeyPrincipal is not null ? source.KeyPrincipal
            : source.OptInPrincipal is not null && Regions.IsOptIn(values["region"]) ? source.OptInPrincipal
            : source.Principal;
        var text = Fill(template);
        return source.Family switch
        {
            _ when text.EndsWith(".amazonaws.com", StringComparison.Ordinal) => new(CallerKind.Service, RequestPrincipal.Service(text)),
            DeliveryFamily.CustomerRole => new(CallerKind.Role, RequestPrincipal.Aws(text)),
            DeliveryFamily.AclGrantee => new(CallerKind.AwsOwnedAccount, RequestPrincipal.CanonicalUser(text)),
            _ => new(CallerKind.Service, RequestPrincipal.Service(text)),
        };
    }

    private Caller? AlternativeCaller(PolicyTarget target)
    {
        if (source.TriesRoleFirst && delivery.RoleArn is { } role && !IsServiceLinked(role))
        {
            return new(CallerKind.Role, RequestPrincipal.Aws(role));
        }

        return target == PolicyTarget.Bucket && source is { LegacyAccountsWrite: true, LegacyAccounts: { } accounts } && accounts.ForRegion(values["region"]) is { } account
            ? new(CallerKind.AwsOwnedAccount, RequestPrincipal.Aws($"arn:{delivery.Partition}:iam::{account}:root"))
            : null;
    }

    private string? AllowedElsewhere(PolicyTarget target, Caller caller) => source.Family switch
    {
        DeliveryFamily.AclGrantee when target == PolicyTarget.Bucket => "the bucket's ACL",

        // A key's policy, unlike a bucket's, must take part: no role's own policy reaches a key that does not let it.
        DeliveryFamily.CustomerRole when target == PolicyTarget.Bucket && MayShareAccount(caller.Principal.AccountId) => "the role's own policy",
        _ when source.TriesRoleFirst => RoleThatMayBeAllowed(target),
        _ => null,
    };

    // Where no role is given, the service-linked one is assumed, as AWS recommends it; it has no rights in S3, so the service
    // principal has to be let in. A role of the customer's is judged by itself where this document has to name it; only in
    // the bucket's own account can its policy do without.
    private string? RoleThatMayBeAllowed(PolicyTarget target) => delivery.RoleArn switch
    {
        null => null,
        var role when IsServiceLinked(role) => null,
        var role => target == PolicyTarget.Bucket && MayShareAccount(AccountOf(role)) ? "the role's own policy" : null,
    };

    private string? AlsoNeeds(PolicyTarget target, Caller caller)
    {
        if (caller.Kind != CallerKind.Role)
        {
            return null;
        }

        var owner = target == PolicyTarget.Bucket ? delivery.Bucket.AccountId : AccountOf(delivery.KmsKeyArn!);
        return owner is not null && owner != caller.Principal.AccountId ? "the role's own policy" : null;
    }

    private bool MayShareAccount(string? roleAccount) => delivery.Bucket.AccountId is not { } owner || owner == roleAccount;

    private static bool IsServiceLinked(string role) => role.Contains(":role/aws-service-role/", StringComparison.Ordinal);

    private static string? AccountOf(string arn) => Arn.TryParse(arn, out var parts) ? parts.AccountId : null;

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
        string[] filled = template.Values is [SourceArnPlaceholder] ? sourceArns : [.. template.Values.Select(Fill)];

        // The documentation compares a full ARN by StringEquals; a wildcard there would be a plain character, which is
        // right only for the sources that send one.
        var isWild = Array.Exists(filled, v => v.AsSpan().ContainsAny('*', '?'));
        var op = isWild && template.Operator == "StringEquals" && !source.SourceArnIsLiteral ? "ArnLike" : template.Operator;
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

    // Some keys hold the name of the source bucket; where it is not known, any name does for a sample.
    private static string SourceBucket(string? sourceArn) => sourceArn is null || sourceArn.AsSpan().ContainsAny('*', '?')
        ? "amzn-s3-demo-source-bucket"
        : sourceArn[(sourceArn.LastIndexOf(':') + 1)..];

    private static string WithSlash(string prefix, KeyPrefixStyle style) => style switch
    {
        _ when prefix.Length == 0 => prefix,
        KeyPrefixStyle.Bare => prefix,
        KeyPrefixStyle.SlashAlways => $"{prefix}/",
        _ => $"{prefix.TrimEnd('/')}/",
    };
}
