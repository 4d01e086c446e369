using System.Text.Json.Nodes;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sandbox;
using LogDelivery.Sources;
using LogDelivery.Trails;

namespace LogDelivery.Cli.Commands;

/// <summary>
/// The demo's last story, told by a sandbox: a trail delivers, somebody edits the policy, its health turns, the cause is named,
/// the policy is repaired, and what was held back arrives.
/// </summary>
internal static class LiveStory
{
    private const string BucketName = "amzn-s3-demo-trail-logs";
    private const string Right = "trail/management";
    private const string Wrong = "trail/managment";

    public static async Task<bool> TellAsync(int number, string scenario, TerminalStyle style, Screen output, CancellationToken cancel)
    {
        using var server = SandboxServer.Start(new SandboxOptions { Scenario = scenario });
        using var session = await AwsSession.OpenAsync(
            new() { AccessKey = "sandbox", SecretKey = "sandbox", Region = server.Options.Region, EndpointUrl = server.Endpoint.AbsoluteUri }, cancel).ConfigureAwait(false);
        var trail = (await session.Trails.ListAsync(session.Region, cancel).ConfigureAwait(false))[0];
        var check = new TrailHealthCheck(session, timeProvider: new SandboxClock(server));

        output.WriteLine(style.Heading($"{number}. A live trail, broken and repaired"));
        output.WriteLine($"   {trail.TrailArn} delivers to {BucketName}, in a sandbox on this machine.");
        output.WriteLine();
        var healthy = await LookAsync("at first", check, trail, server, style, output, cancel).ConfigureAwait(false);

        var policy = (await session.Buckets.GetPolicyAsync(BucketName, cancel).ConfigureAwait(false)).Value!;
        await session.Buckets.PutPolicyAsync(BucketName, policy.Replace(Right, Wrong, StringComparison.Ordinal), cancel).ConfigureAwait(false);
        output.WriteLine("   Somebody edits the bucket policy and misspells the trail: " + Wrong + ".");
        server.Advance(TimeSpan.FromMinutes(65));
        var failing = await LookAsync("65 minutes later", check, trail, server, style, output, cancel).ConfigureAwait(false);
        foreach (var finding in failing.Cause)
        {
            output.WriteLine($"     {style.Bad(finding.Severity.ToString())} {finding.Id} {finding.Evidence}");
        }

        var plan = await RepairAsync(session, trail, cancel).ConfigureAwait(false);
        output.WriteLine($"   Repaired: {string.Join("; ", plan.Edits)}.");
        output.WriteLine($"   {style.Good("Proof:")} {plan.Certificate}");
        server.Advance(TimeSpan.FromMinutes(10));
        var recovered = await LookAsync("10 minutes later", check, trail, server, style, output, cancel).ConfigureAwait(false);
        output.WriteLine();
        return healthy.StateValue == TrailDeliveryState.Healthy
            && failing.StateValue == TrailDeliveryState.Failing
            && failing.Cause.Length > 0
            && plan.Succeeds
            && recovered.StateValue == TrailDeliveryState.Healthy
            && Queued(server).Pending == 0;
    }

    private static async Task<RepairPlan> RepairAsync(AwsSession session, TrailConfiguration trail, CancellationToken cancel)
    {
        var text = (await session.Buckets.GetPolicyAsync(BucketName, cancel).ConfigureAwait(false)).Value!;
        var delivery = new DeliverySelection { Sources = ["CloudTrail"], SourceArns = [trail.TrailArn], BucketName = BucketName }.ToDeliveries()[0];
        var plan = PolicyRepair.Plan(PolicyDocument.Parse(text, PolicyKind.Bucket), PolicyTarget.Bucket, [delivery], new() { RemoveStale = true }, cancel);
        await session.Buckets.PutPolicyAsync(BucketName, plan.After.Text, cancel).ConfigureAwait(false);
        return plan;
    }

    private static async Task<TrailDeliveryHealth> LookAsync(
        string when, TrailHealthCheck check, TrailConfiguration trail, SandboxServer server, TerminalStyle style, Screen output, CancellationToken cancel)
    {
        var health = await check.CheckAsync(trail, server.Options.Region, cancel).ConfigureAwait(false);
        var state = health.State.ToString();
        var (delivered, pending) = Queued(server);
        output.WriteLine($"   Health {when}: {(health.StateValue == TrailDeliveryState.Healthy ? style.Good(state) : style.Bad(state))}; {delivered} files delivered, {pending} held back.");
        return health;
    }

    private static (int Delivered, int Pending) Queued(SandboxServer server)
    {
        var legs = JsonNode.Parse(server.GetState())!["trails"]![0]!["legs"]!.AsArray();
        var queues = legs.SelectMany(l => new[] { l!["logFiles"]!, l["digests"]! }).ToArray();
        return (queues.Sum(q => (int)q["delivered"]!), queues.Sum(q => (int)q["pending"]!));
    }

    /// <summary>The sandbox's simulated time.</summary>
    private sealed class SandboxClock(SandboxServer server) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => server.Now;
    }
}
