using System.Globalization;
using System.Xml.Linq;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>
/// STS: caller identity and credentials for roles. The trust policy of a known role decides who can assume it; an unknown
/// role can be assumed by any caller, so that tests over many accounts need no set-up.
/// </summary>
internal sealed class StsService : QueryService
{
    private readonly SandboxState state;

    public StsService(SandboxState state)
        : base("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/")
    {
        this.state = state;
        On("GetCallerIdentity", GetCallerIdentity);
        On("AssumeRole", AssumeRole);
        On("AssumeRoleWithWebIdentity", AssumeRole);
    }

    private static IEnumerable<XElement> GetCallerIdentity(QueryCall call) =>
    [
        call.Element("Arn", call.Request.Caller.Arn),
        call.Element("UserId", call.Request.Caller.UserId),
        call.Element("Account", call.Account),
    ];

    private IEnumerable<XElement> AssumeRole(QueryCall call)
    {
        var arn = call.Required("RoleArn");
        var name = call.Required("RoleSessionName");
        if (!Arn.TryParse(arn, out var parts) || parts.Service != "iam" || !parts.Resource.StartsWith("role/", StringComparison.Ordinal) || !Arn.IsAccountId(parts.AccountId))
        {
            throw new ApiException("ValidationError", $"{arn} is invalid");
        }

        Authorize(call, arn);
        var seconds = int.TryParse(call.Text("DurationSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 3600;
        if (seconds is < 900 or > 43_200)
        {
            throw new ApiException("ValidationError", "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have a value between 900 and 43200");
        }

        // Callers compare the end with their own clock, which may be ahead of the simulated one.
        var now = DateTimeOffset.UtcNow is var real && real > state.Now ? real : state.Now;
        var seed = $"{arn}/{name}/{state.Sessions.Count}";
        var roleName = parts.Resource[(parts.Resource.LastIndexOf('/') + 1)..];
        var roleId = $"AROA{GeneratedNames.Hex(arn, 16).ToUpperInvariant()}";
        var accessKey = $"ASIA{GeneratedNames.Hex(seed, 16).ToUpperInvariant()}";
        var caller = new RequestCaller(parts.AccountId, $"arn:{parts.Partition}:sts::{parts.AccountId}:assumed-role/{roleName}/{name}", $"{roleId}:{name}", accessKey);
        var session = new Session(caller, GeneratedNames.Mixed($"secret/{seed}", 40), GeneratedNames.Mixed($"token/{seed}", 60), now.AddSeconds(seconds));
        state.Sessions[accessKey] = session;
        return
        [
            call.Element("AssumedRoleUser", call.Element("AssumedRoleId", caller.UserId), call.Element("Arn", caller.Arn)),
            call.Element(
                "Credentials",
                call.Element("AccessKeyId", accessKey),
                call.Element("SecretAccessKey", session.SecretAccessKey),
                call.Element("SessionToken", session.Token),
                call.Element("Expiration", XmlValues.Time(session.Expiration))),
        ];
    }

    private void Authorize(QueryCall call, string arn)
    {
        if (state.FindRole(arn) is not { TrustPolicy.Length: > 2 } role || !PolicyDocument.TryParse(role.TrustPolicy, PolicyKind.Any, out var trust, out _))
        {
            return;
        }

        var keys = new Dictionary<string, ContextValue>
        {
            ["aws:PrincipalArn"] = ContextValue.Of(call.Request.Caller.Arn),
            ["aws:PrincipalAccount"] = ContextValue.Of(call.Account),
            ["aws:SecureTransport"] = ContextValue.Of("true"),
        };
        if (call.Text("ExternalId") is { } id)
        {
            keys["sts:ExternalId"] = ContextValue.Of(id);
        }

        var request = new PolicyRequest(RequestPrincipal.Aws(call.Request.Caller.Arn), "sts:AssumeRole", arn, new RequestContext(keys));
        if (trust!.Evaluate(request).Verdict != Verdict.Allowed)
        {
            throw new ApiException("AccessDenied", $"User: {call.Request.Caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {arn}", 403);
        }
    }
}
