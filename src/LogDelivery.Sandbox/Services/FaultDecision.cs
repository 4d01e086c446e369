using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>The effect of faults on one call: a delay, and possibly an error or a broken connection.</summary>
internal readonly record struct FaultOutcome(int LatencyMs, ApiException? Error, bool Cuts, bool LosesAnswer = false);

/// <summary>Applies the faults that are in force to calls.</summary>
internal static class FaultDecision
{
    /// <summary>Decides which faults apply to a call. The caller holds the host's lock.</summary>
    public static FaultOutcome Decide(FaultSet faults, IApiService service, string operation, string action, ApiRequest request)
    {
        var latency = 0;
        var losesAnswer = false;
        foreach (var rule in faults.Rules)
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

            if (faults.Happens(rule.CutRate))
            {
                return new(latency, null, true);
            }

            if (faults.Happens(rule.ThrottleRate))
            {
                return new(latency, service.Throttled(), false);
            }

            if (faults.Happens(rule.ErrorRate))
            {
                return new(latency, service.Failed(), false);
            }
        }

        return new(latency, null, false, losesAnswer);
    }

    // JSON services give the code another ending. Source: the common errors of each service's API reference.
    private static ApiException ExpiredCredentials(IApiService service)
        => new(service is JsonService ? "ExpiredTokenException" : "ExpiredToken", "The provided token has expired.", service is JsonService ? 400 : service is QueryService ? 403 : 400);
}
