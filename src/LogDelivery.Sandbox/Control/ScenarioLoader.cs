using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Control;

/// <summary>Loads a scenario into the sandbox. Documents are stored as they are, without the checks that the APIs make.</summary>
internal sealed class ScenarioLoader(SandboxState state, DeliveryClock clock)
{
    private readonly ScenarioResources resources = new(state);

    public void Load(Scenario scenario)
    {
        if (scenario.Time is { } time)
        {
            state.Now = time;
        }
        else if (scenario.MinutesAgo is { } minutes)
        {
            state.Now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddMinutes(-minutes).ToUnixTimeMilliseconds());
        }

        state.DefaultAccount = scenario.Account ?? state.DefaultAccount;
        state.DefaultRegion = scenario.Region ?? state.DefaultRegion;
        if (scenario.Regions is { Count: > 0 } regions)
        {
            state.EnabledRegions.Clear();
            state.EnabledRegions.AddRange(regions);
        }

        state.QuietRegions.UnionWith(scenario.QuietRegions);
        if (scenario.Organization is { } organization)
        {
            state.Organization = new(organization.Id, organization.ManagementAccount, organization.Members ?? []);
        }

        LoadResources(scenario);
        if (scenario.Faults is { } faults)
        {
            state.Faults = faults;
        }

        var steps = new ScenarioSteps(state, clock, resources);
        foreach (var step in scenario.Steps)
        {
            steps.Run(step);
        }
    }

    /// <summary>Adds an unusual event; the trail delivers an Insights record of it with its next files.</summary>
    public void Add(ScenarioInsight item)
    {
        var trail = state.Accounts.SelectMany(a => a.Trails.Values).FirstOrDefault(t => t.Arn == item.Trail || t.Name == item.Trail)
            ?? throw new ScenarioException($"There is no trail {item.Trail}.");
        var region = item.Region ?? trail.HomeRegion;
        var type = item.ErrorCode is null ? "ApiCallRateInsight" : "ApiErrorRateInsight";
        if (!trail.IsIn(region))
        {
            throw new ScenarioException($"The trail {trail.Name} does not record {region}.");
        }

        if (trail.InsightSelectors?.Any(s => (string?)s?["InsightType"] == type) != true)
        {
            throw new ScenarioException($"The trail {trail.Name} has no insight selector {type}.");
        }

        var leg = trail.LegOf(item.Account ?? trail.Account, region);
        leg.NextInsights.AddRange(InsightRecords.Of(leg, state.Now, item.EventSource, item.EventName, type, item.ErrorCode));
    }

    public void Add(ScenarioDelivery item)
    {
        var source = SourceCatalog.Find(item.Source) ?? throw new ScenarioException($"'{item.Source}' is no delivery source; 'logdelivery sources' lists them.");
        var delivery = new Delivery
        {
            Source = source,
            BucketName = item.Bucket,
            AccountId = item.Account ?? state.DefaultAccount,
            Region = item.Region ?? state.DefaultRegion,
            KeyPrefix = item.Prefix,
            SourceArn = item.SourceArn,
            KmsKeyArn = item.KmsKeyArn,
            RoleArn = item.RoleArn,
            OrganizationId = item.OrganizationId,
            HiveCompatiblePartitions = item.Hive,
        };
        try
        {
            source.GetRequiredCalls(delivery);
        }
        catch (ArgumentException exception)
        {
            throw new ScenarioException($"The delivery of {item.Source} to {item.Bucket} is not possible: {exception.Message}", exception);
        }

        if (item.IntervalMinutes <= 0 || item.IntervalMinutes % 5 != 0)
        {
            throw new ScenarioException($"The interval of {item.IntervalMinutes} minutes is no multiple of five.");
        }

        var name = item.Name ?? $"{source.Id}-{state.Deliveries.Count + 1}";
        state.Deliveries.RemoveAll(d => d.Name == name);
        state.Deliveries.Add(new(name, new DeliveryRoute(delivery), TimeSpan.FromMinutes(item.IntervalMinutes)));
    }

    public void SetEvidence(ScenarioEvidence? evidence)
        => state.Evidence = evidence is null ? null : new(evidence.Bucket, evidence.Prefix ?? string.Empty);

    private void LoadResources(Scenario scenario)
    {
        foreach (var item in scenario.Keys)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.Buckets)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.Topics)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.Roles)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.Streams)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.LogGroups)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.Trails)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.FlowLogs)
        {
            resources.Add(item);
        }

        foreach (var item in scenario.Deliveries)
        {
            Add(item);
        }

        if (scenario.Evidence is not null)
        {
            SetEvidence(scenario.Evidence);
        }
    }
}
