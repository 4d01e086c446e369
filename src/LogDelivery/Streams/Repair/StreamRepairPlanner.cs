using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Streams.Links;

namespace LogDelivery.Streams;

/// <summary>Plans the changes of the policies of one chain.</summary>
internal sealed class StreamRepairPlanner(IAwsGateways aws, StreamPicture picture, LiveRepairOptions options, string owner, CancellationToken planning)
{
    /// <summary>The policy that a repair adds to a role. The role's other policies are left as they are.</summary>
    public const string RolePolicyName = "LogDeliveryStream";

    private const string None = """{"Version":"2012-10-17","Statement":[]}""";

    private readonly List<string> notes = [];
    private readonly StreamRequests requests = new(picture);

    /// <summary>The deliveries of the stream.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; private set; } = [];

    /// <summary>What stands against a repair, a sentence each.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Makes the plan.</summary>
    public IReadOnlyList<LivePolicyChange> Plan()
    {
        if (picture.Stream.Value is not { Destination: { } destination } stream)
        {
            return [];
        }

        var delivery = new StreamDelivery(picture, destination);
        Deliveries = delivery.All;
        var changes = new List<LivePolicyChange?>();
        foreach (var subscription in picture.Subscriptions)
        {
            changes.AddRange(PlanSubscription(subscription, delivery.Data));
        }

        changes.AddRange(PlanStreamRole(stream, destination, delivery));
        changes.Add(PlanBucket(destination, delivery));
        changes.Add(PlanKey(destination, delivery));
        return [.. changes.OfType<LivePolicyChange>().DistinctBy(c => (c.Target, c.Resource))];
    }

    private IEnumerable<LivePolicyChange?> PlanSubscription(SubscriptionPicture subscription, Delivery delivery)
    {
        if (subscription.FilterTo(picture.StreamArn)?.RoleArn is not { } roleArn || subscription.Role.Value is not { } role)
        {
            yield break;
        }

        // The names that the service goes by stand for one call.
        var calls = requests.TrustOfLogs(roleArn, subscription.LogGroupName);
        var grant = StreamGrants.SubscriptionTrust(picture, roleArn);
        var call = new RequiredCall(delivery, PolicyTarget.RoleTrust, calls[1].Name, calls[1].Request, grant, null) { AlternativeRequest = calls[0].Request };
        yield return PlanTrust(role, call);

        var put = requests.PutRecord(roleArn);
        var needed = new RequiredCall(delivery, PolicyTarget.Role, put.Name, put.Request, StreamGrants.SubscriptionPermission(picture, roleArn), null);
        yield return PlanRole(subscription.Role, [(needed, picture.AccountId, null, false)]);
    }

    private IEnumerable<LivePolicyChange?> PlanStreamRole(StreamDescription stream, StreamDestination destination, StreamDelivery delivery)
    {
        if (picture.Role.Value is not { } role)
        {
            yield break;
        }

        var trust = requests.TrustOfFirehose(role.Arn);
        yield return PlanTrust(role, new(delivery.Data, PolicyTarget.RoleTrust, trust.Name, trust.Request, StreamGrants.StreamTrust(picture, role.Arn), null));
        yield return PlanRole(picture.Role, [.. CallsOfRole(stream, destination, delivery)]);
    }

    /// <summary>The calls of the stream's role, each with what decides beside the role's own policies.</summary>
    private IEnumerable<(RequiredCall Call, string? Owner, NamedPolicy? Resource, bool MustAllow)> CallsOfRole(StreamDescription stream, StreamDestination destination, StreamDelivery delivery)
    {
        RequiredCall Of(StreamCall call, Grant grant) => new(delivery.Data, PolicyTarget.Role, call.Name, call.Request, grant, null);
        var bucket = StreamLinks.BucketPolicies(picture, destination.RoleArn);
        var grants = StreamGrants.Bucket(delivery);
        foreach (var call in delivery.BucketCalls().Where(c => !c.IsOptional))
        {
            yield return (Of(new(call.Name, call.Request), GrantFor(call.Request, grants)), bucket.ResourceAccountId, bucket.Resource, false);
        }

        var key = StreamLinks.KeyPolicies(picture, destination.RoleArn);
        var keyGrants = picture.KmsKeyId is null || delivery.Data.KmsKeyArn is null ? [] : StreamGrants.Key(delivery);
        foreach (var call in picture.KmsKeyId is null ? [] : delivery.KeyCalls())
        {
            yield return (Of(new(call.Name, call.Request), GrantFor(call.Request, keyGrants)), key.ResourceAccountId, key.Resource, true);
        }

        if (destination is { LogsErrors: true, ErrorLogGroup.Length: > 0, ErrorLogStream.Length: > 0 })
        {
            var call = requests.PutErrors(destination);
            yield return (Of(call, StreamGrants.ErrorLog(call.Request)), picture.AccountId, null, false);
        }

        foreach (var call in requests.CallLambda(destination))
        {
            yield return (Of(call, StreamGrants.Lambda(destination.RoleArn, destination.LambdaArn!)), AccountOf(destination.LambdaArn), null, false);
        }

        foreach (var call in (stream.KinesisRoleArn ?? destination.RoleArn) == destination.RoleArn ? requests.ReadKinesis(stream) : [])
        {
            yield return (Of(call, StreamGrants.Kinesis(destination.RoleArn, stream.KinesisStreamArn!)), AccountOf(stream.KinesisStreamArn), null, false);
        }
    }

    // Of several grants of one action the one that allows this request.
    private static Grant GrantFor(PolicyRequest request, IReadOnlyList<Grant> grants)
    {
        var own = grants.Where(g => g.Actions.Contains(request.Action, StringComparer.OrdinalIgnoreCase)).ToArray();
        return own.FirstOrDefault(g => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{g.ToJson()}}]}""", PolicyKind.Identity).Evaluate(request).Verdict == Verdict.Allowed) ?? own[0];
    }

    private static string? AccountOf(string? arn) => Arn.TryParse(arn, out var parts) ? parts.AccountId : null;

    private LivePolicyChange? PlanTrust(RoleDescription role, RequiredCall call)
    {
        IReadOnlyList<CallResult> Judge(string? text)
        {
            var policies = RoleAccess.TrustOf(role with { TrustPolicy = text ?? None });
            var main = AccessEvaluation.Explain(call.Request, policies).Resource;
            var best = call.AlternativeRequest is { } other && main.Does != Truth.True && AccessEvaluation.Explain(other, policies).Resource is { Does: Truth.True } alternative ? alternative : main;
            return [ResultOf(call, best)];
        }

        if (Judge(role.TrustPolicy)[0].Verdict is Verdict.Allowed or Verdict.Unknown || Refuses(role.TrustPolicy, PolicyKind.Trust, $"The trust policy of {role.Arn}"))
        {
            return null;
        }

        PlannedPolicy Plan(string? text) => PlanOf(text, PolicyTarget.RoleTrust, d => PolicyRepair.Plan(d, PolicyTarget.RoleTrust, [call], planning));
        return new(PolicyStores.Open(aws, PolicyTarget.RoleTrust, role.Arn, null, owner), role.TrustPolicy, Plan(role.TrustPolicy), isAskedFor: true) { PlanFor = Plan, Judge = Judge };
    }

    private LivePolicyChange? PlanRole(Readable<RoleDescription> role, IReadOnlyList<(RequiredCall Call, string? Owner, NamedPolicy? Resource, bool MustAllow)> calls)
    {
        var known = role.Value!;
        AccessPart PartOf((RequiredCall Call, string? Owner, NamedPolicy? Resource, bool MustAllow) item, Readable<RoleDescription> with) => AccessEvaluation.Explain(
            item.Call.Request,
            RoleAccess.Of(with, known.Arn) with { Resource = item.Resource, ResourceMustAllow = item.MustAllow, ResourceAccountId = item.Owner }).Identity;
        var failing = calls.Select(c => (Item: c, Part: PartOf(c, role))).Where(c => c.Part.Does == Truth.False).ToArray();

        // What is denied, or cut off by a boundary, no further statement brings back.
        var beyond = failing.Where(f => f.Part.Verdict == Verdict.ExplicitDeny || f.Part.Policy?.Name == $"the permissions boundary of {known.Arn}").ToArray();
        notes.AddRange(beyond.Select(b => $"{b.Part.Reason} It has to be lifted there; no statement in another policy of the role helps.").Distinct());
        RequiredCall[] mendable = [.. failing.Except(beyond).Select(f => f.Item.Call)];
        var own = known.InlinePolicies.GetValueOrDefault(RolePolicyName);
        if (mendable.Length == 0 || Refuses(own, PolicyKind.Identity, $"The policy {RolePolicyName} of {known.Arn}"))
        {
            return null;
        }

        PlannedPolicy Plan(string? text) => PlanOf(text, PolicyTarget.Role, d => PolicyRepair.Plan(d, PolicyTarget.Role, mendable, planning));
        IReadOnlyList<CallResult> Judge(string? text)
        {
            var policies = known.InlinePolicies.Where(p => p.Key != RolePolicyName).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
            if (text is not null)
            {
                policies[RolePolicyName] = text;
            }

            var changed = Readable.Found(known with { InlinePolicies = policies });
            return [.. calls.Where(c => mendable.Contains(c.Call)).Select(c => ResultOf(c.Call, PartOf(c, changed)))];
        }

        return new(PolicyStores.Open(aws, PolicyTarget.Role, known.Arn, RolePolicyName, owner), own, Plan(own), isAskedFor: true) { PlanFor = Plan, Judge = Judge };
    }

    private LivePolicyChange? PlanBucket(StreamDestination destination, StreamDelivery delivery)
    {
        IReadOnlyList<CallResult> Judge(string? text)
        {
            var policies = StreamLinks.BucketPolicies(picture, destination.RoleArn) with { Resource = text is null ? null : RoleAccess.Named("the bucket policy", text, PolicyKind.Bucket) };
            return [.. delivery.BucketCalls().Where(c => !c.IsOptional).Select(c => ResultOf(c, AccessEvaluation.Explain(c.Request, policies).Resource))];
        }

        var text = picture.BucketPolicy.Value;
        if (picture.Bucket.IsMissing || picture.BucketPolicy.IsUnreadable || !Judge(text).Any(r => r.Blocks) || Refuses(text, PolicyKind.Bucket, "The bucket policy"))
        {
            return null;
        }

        PlannedPolicy Plan(string? document) => PlanOf(document, PolicyTarget.Bucket, d => PolicyRepair.Plan(d, PolicyTarget.Bucket, delivery.All, options.Repair with { DropWhiteSpace = true }, planning));
        return new(PolicyStores.Open(aws, PolicyTarget.Bucket, delivery.Data.BucketArn, null, owner), text, Plan(text), isAskedFor: true) { PlanFor = Plan, Judge = Judge };
    }

    private LivePolicyChange? PlanKey(StreamDestination destination, StreamDelivery delivery)
    {
        if (picture.KeyPolicy.Value is not { } text || delivery.Data.KmsKeyArn is not { } keyArn)
        {
            return null;
        }

        IReadOnlyList<CallResult> Judge(string? document)
        {
            var policies = StreamLinks.KeyPolicies(picture, destination.RoleArn) with { Resource = RoleAccess.Named("the key policy", document ?? None, PolicyKind.Key) };
            return [.. delivery.KeyCalls().Select(c => ResultOf(c, AccessEvaluation.Explain(c.Request, policies).Resource))];
        }

        if (!Judge(text).Any(r => r.Blocks) || Refuses(text, PolicyKind.Key, "The key policy"))
        {
            return null;
        }

        PlannedPolicy Plan(string? document) => PlanOf(document, PolicyTarget.Key, d => PolicyRepair.Plan(d, PolicyTarget.Key, delivery.All, options.Repair with { DropWhiteSpace = true }, planning));
        var planned = Plan(text);
        return new(PolicyStores.Open(aws, PolicyTarget.Key, keyArn, null, owner), text, planned, isAskedFor: true)
        {
            Veto = KeyAdministrators.Veto(keyArn, planned.Plan.After),
            PlanFor = Plan,
            Judge = Judge,
        };
    }

    private static PlannedPolicy PlanOf(string? text, PolicyTarget target, Func<PolicyDocument, RepairPlan> plan)
    {
        var planned = plan(PolicyDocument.Parse(text ?? None, PolicyRepair.KindOf(target)));
        return new(planned, planned.HasChanges ? planned.After.Text : text);
    }

    private static CallResult ResultOf(RequiredCall call, AccessPart part)
        => new(call, part.Does == Truth.True ? Verdict.Allowed : part.Verdict, part.Explanation, part.Reason, []);

    // What cannot be understood is not written over.
    private bool Refuses(string? text, PolicyKind kind, string what)
    {
        if (text is null || PolicyDocument.TryParse(text, kind, out _, out var problems))
        {
            return false;
        }

        notes.Add($"{what} cannot be understood here, and is left alone: {problems[0]}");
        return true;
    }
}
