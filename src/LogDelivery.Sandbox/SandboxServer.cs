using System.Net.Sockets;
using LogDelivery.Sandbox.Control;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox;

/// <summary>
/// An AWS endpoint in this process on the loopback address: it stores objects, refuses deliveries as S3 would, and is
/// controlled over HTTP below <c>/_sandbox/</c> or by the members of this class. Thread-safe.
/// </summary>
internal sealed class SandboxServer : IDisposable
{
    private readonly SandboxHost host;
    private readonly HttpFront front;

    private SandboxServer(SandboxHost host, HttpFront front, SandboxOptions options)
    {
        this.host = host;
        this.front = front;
        Options = options;
        Endpoint = new Uri($"http://127.0.0.1:{front.Port}/");
    }

    /// <summary>The endpoint URL for AWS clients.</summary>
    public Uri Endpoint { get; }

    /// <summary>The options that the sandbox was started with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>What requests below <c>/_sandbox/</c> send in the header <c>X-Sandbox-Token</c>.</summary>
    public string ControlToken => Options.ControlToken;

    /// <summary>Simulated time.</summary>
    public DateTimeOffset Now => host.Locked(() => host.State.Now);

    /// <summary>Starts a sandbox.</summary>
    /// <param name="options">The options; the defaults when <see langword="null"/>.</param>
    /// <exception cref="ScenarioException">The scenario cannot be brought about.</exception>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static SandboxServer Start(SandboxOptions? options = null)
    {
        var chosen = options ?? new SandboxOptions();
        var host = new SandboxHost(chosen);
        return new SandboxServer(host, HttpFront.Start(host, chosen.Port), chosen);
    }

    /// <summary>Advances simulated time; sources deliver every five minutes.</summary>
    /// <param name="duration">The simulated time to pass.</param>
    public void Advance(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        host.Locked(() => host.Advance(duration));
    }

    /// <summary>Resets the sandbox and loads a scenario.</summary>
    /// <param name="json">The scenario, as in the files of samples/scenarios.</param>
    /// <exception cref="ScenarioException">The scenario cannot be brought about; everything stays as it was.</exception>
    public void LoadScenario(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var scenario = Scenario.Read<Scenario>(json);
        host.Locked(() => host.LoadScenario(scenario));
    }

    /// <summary>Sets the injected faults; replaces the previous ones.</summary>
    /// <param name="json">As the body of <c>POST /_sandbox/faults</c>; <c>{}</c> for nothing.</param>
    /// <exception cref="ScenarioException">The document cannot be read.</exception>
    public void SetFaults(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var faults = ControlService.ReadFaults(json);
        host.Locked(() => host.State.Faults = faults);
    }

    /// <summary>Configures a delivery of any source of the catalog.</summary>
    /// <param name="json">As the body of <c>POST /_sandbox/deliveries</c>.</param>
    /// <exception cref="ScenarioException">The delivery is not possible.</exception>
    public void AddDelivery(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var delivery = Scenario.Read<ScenarioDelivery>(json);
        host.Locked(() => host.Loader.Add(delivery));
    }

    /// <summary>Changes the policy of a bucket in one step, like a concurrent writer.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="edit">Creates the new document from the current one; <see langword="null"/> means no document.</param>
    internal void EditBucketPolicy(string bucketName, Func<string?, string?> edit) => host.Locked(() =>
    {
        var bucket = host.State.Buckets[bucketName];
        bucket.Policy.Set(edit(bucket.Policy.Text));
        host.State.PolicyWrites.Add(new(host.State.Now, host.NextRequestId(), $"arn:aws:iam::{bucket.Owner}:user/somebody", bucket.Region, bucketName, bucket.Policy.Text));
    });

    /// <summary>Clears the state and resets simulated time to its start.</summary>
    public void Reset() => host.Locked(host.Reset);

    /// <summary>The state as JSON, as <c>GET /_sandbox/state</c> has it.</summary>
    public string GetState() => host.Locked(() => StateReport.Of(host.State).ToJsonString(WireJson.Relaxed));

    /// <summary>Stops serving. The same as <see cref="Dispose"/>.</summary>
    public void Stop() => Dispose();

    /// <inheritdoc/>
    public void Dispose() => front.Dispose();
}
