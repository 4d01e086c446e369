using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>Runs the steps of a scenario, which change the sandbox after its resources exist.</summary>
internal sealed class ScenarioSteps(SandboxState state, DeliveryClock clock, ScenarioResources resources)
{
    private double advanced;

    public void Run(ScenarioStep step)
    {
        switch (step)
        {
            case { Advance: { } minutes }:
                advanced += minutes is >= 0 and <= DeliveryClock.MaxMinutes ? minutes : double.PositiveInfinity;
                if (advanced > DeliveryClock.MaxMinutes)
                {
                    throw new ScenarioException($"The steps let at most {DeliveryClock.MaxMinutes} minutes pass.");
                }

                clock.Advance(TimeSpan.FromMinutes(minutes));
                break;
            case { SetBucketPolicy: { } write }:
                var bucketPolicy = ScenarioPolicy.Parse(write.Policy, PolicyKind.Bucket, write.Name);
                BucketOf(write.Name).Policy.Set(bucketPolicy?.Text, bucketPolicy);
                break;
            case { SetKeyPolicy: { } write }:
                var keyPolicy = ScenarioPolicy.Parse(write.Policy, PolicyKind.Key, write.Name);
                KeyOf(write.Name).Policy.Set(keyPolicy?.Text, keyPolicy);
                break;
            case { SetKeyState: { } change }:
                KeyOf(change.Key).KeyState = change.State;
                break;
            case { DeleteBucket: { } name }:
                state.Buckets.Remove(BucketOf(name).Name);
                break;
            case { CreateBucket: { } item }:
                resources.Add(item);
                break;
            case { RenameTrail: { } rename }:
                Rename(rename);
                break;
            case { SetRolePolicy: { Policy: null } removal }:
                RoleOf(removal.Role).Policies.Remove(removal.Name);
                break;
            case { SetRolePolicy: { } write }:
                RoleOf(write.Role).Policies[write.Name] = write.Policy!.ToJsonString();
                break;
            case { SetTrustPolicy: { } write }:
                RoleOf(write.Name).TrustPolicy = write.Policy?.ToJsonString() ?? "{}";
                break;
            case { PutLogEvents: { } events }:
                Put(events);
                break;
            default:
                throw new ScenarioException("A step does exactly one of: advance, setBucketPolicy, setKeyPolicy, setKeyState, deleteBucket, createBucket, renameTrail, setRolePolicy, setTrustPolicy, putLogEvents.");
        }
    }

    private void Rename(RenameStep step)
    {
        var account = state.AccountOf(state.DefaultAccount);
        var old = account.Trails.Values.FirstOrDefault(t => t.Name == step.From) ?? throw new ScenarioException($"There is no trail {step.From} to rename.");
        account.Trails.Remove(old.Arn);
        var trail = new SandboxTrail(step.To, old.Account, old.HomeRegion)
        {
            BucketName = old.BucketName,
            KeyPrefix = old.KeyPrefix,
            KmsKeyArn = old.KmsKeyArn,
            TopicArn = old.TopicArn,
            IsMultiRegion = old.IsMultiRegion,
            IsOrganizationTrail = old.IsOrganizationTrail,
            ValidatesLogFiles = old.ValidatesLogFiles,
            LogGroupArn = old.LogGroupArn,
            LogGroupRoleArn = old.LogGroupRoleArn,
            EventSelectors = old.EventSelectors?.DeepClone().AsArray(),
            IsLogging = old.IsLogging,
            Started = state.Now,
        };
        account.Trails.Add(trail.Arn, trail);
    }

    private void Put(EventStep step)
    {
        var group = state.FindLogGroup(state.DefaultAccount, state.DefaultRegion, step.LogGroup) ?? throw new ScenarioException($"There is no log group {step.LogGroup}.");
        foreach (var message in step.Messages)
        {
            var number = group.Streams.TryGetValue(step.LogStream, out var present) ? present.Count : 0;
            group.Add(step.LogStream, new StoredEvent(GeneratedNames.Hex($"{step.LogStream}/{number}/{message}", 56), state.Now, state.Now, message));
        }

        new SubscriptionDelivery(state).Run();
    }

    private Role RoleOf(string name) => state.AccountOf(state.DefaultAccount).Roles.GetValueOrDefault(name) ?? throw new ScenarioException($"There is no role {name}.");

    private Bucket BucketOf(string name) => state.Buckets.GetValueOrDefault(name) ?? throw new ScenarioException($"There is no bucket {name}.");

    private KmsKey KeyOf(string name)
        => state.FindKey(name)
        ?? state.Accounts.SelectMany(a => a.Keys.Values).FirstOrDefault(k => k.Id == name)
        ?? throw new ScenarioException($"There is no key {name}.");
}
