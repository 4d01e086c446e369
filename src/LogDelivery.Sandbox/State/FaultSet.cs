using LogDelivery.Policies;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.Services;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>What one call suffers: a wait, and perhaps an end.</summary>
internal readonly record struct FaultOutcome(int LatencyMs, ApiException? Error, bool Cuts, bool LosesAnswer = false);

/// <summary>The faults that are in force. The body of <c>POST /_sandbox/faults</c>, which replaces them all.</summary>
internal sealed class FaultSet
{
    private Random? random;

    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>Policies that change behind the caller's back, each once.</summary>
    public List<PolicyInterference> PolicyChanges { get; init; } = [];

    /// <summary>For how many simulated minutes others still see the earlier policy after it was written.</summary>
    public int PolicyDelayMinutes { get; init; }

    /// <summary>How many reads still return the earlier policy after it was written.</summary>
    public int PolicyDelayReads { get; init; }

    /// <summary>Begins the series of chances, so that a run can be repeated.</summary>
    public int Seed { get; init; }

    public (TimeSpan Delay, int Reads) PolicyVisibility => (TimeSpan.FromMinutes(PolicyDelayMinutes), PolicyDelayReads);

    /// <summary>Decides what a call suffers. The caller holds the host's lock.</summary>
    public FaultOutcome Decide(IApiService service, string operation, string action, ApiRequest request)
    {
        var latency = 0;
        var losesAnswer = false;
        foreach (var rule in Rules)
        {
            if (!rule.Matches(service.Prefix, operation, action, request.Account, request.Region))
            {
                continue;
            }

            if (rule.Skip > 0)
            {
                rule.Skip--;
                continue;
            }

            rule.Times--;
            losesAnswer |= rule.LosesAnswer;
            latency += rule.LatencyMs;
            if (rule.Deny)
            {
                return new(latency, service.Denied(request.Caller, action), false);
            }

            if (rule.Expired)
            {
                return new(latency, ExpiredCredentials(service), false);
            }

            if (Happens(rule.CutRate))
            {
                return new(latency, null, true);
            }

            if (Happens(rule.ThrottleRate))
            {
                return new(latency, service.Throttled(), false);
            }

            if (Happens(rule.ErrorRate))
            {
                return new(latency, service.Failed(), false);
            }
        }

        return new(latency, null, false, losesAnswer);
    }

    // JSON services give the code another ending. Source: the common errors of each service's API reference.
    private static ApiException ExpiredCredentials(IApiService service)
        => new(service is JsonService ? "ExpiredTokenException" : "ExpiredToken", "The provided token has expired.", service is JsonService ? 400 : service is QueryService ? 403 : 400);

    /// <summary>Lets the other writer in, when one waits for this bucket.</summary>
    public void AfterPolicyRead(Bucket bucket)
    {
        var index = PolicyChanges.FindIndex(c => c.Bucket == bucket.Name);
        if (index < 0)
        {
            return;
        }

        var text = PolicyChanges[index].Policy?.ToJsonString();
        PolicyChanges.RemoveAt(index);
        bucket.Policy.Set(text, text is null ? null : PolicyDocument.Parse(text, PolicyKind.Bucket));
    }

    private bool Happens(double rate) => rate > 0 && (random ??= new Random(Seed)).NextDouble() < rate;
}
