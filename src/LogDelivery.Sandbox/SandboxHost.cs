using LogDelivery.Sandbox.Control;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.Services;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox;

/// <summary>The sandbox without its network: the state, the services and the clock.</summary>
internal sealed class SandboxHost : IRequestHandler, ISandboxControls
{
    private readonly SandboxOptions options;
    private readonly ControlService control;
    private readonly object gate = new();
    private World world;
    private long requestNumber;

    public SandboxHost(SandboxOptions options)
    {
        this.options = options;
        control = new ControlService(this);
        world = new World(options);
        if (options.Scenario is { } json)
        {
            LoadScenario(Scenario.Read<Scenario>(json));
        }
    }

    public SandboxState State => world.State;

    public string DefaultRegion => State.DefaultRegion;

    public DateTimeOffset Now => State.Now;

    public ScenarioLoader Loader => world.Loader;

    /// <summary>Runs an action while no request changes the state.</summary>
    public T Locked<T>(Func<T> action)
    {
        lock (gate)
        {
            return action();
        }
    }

    public void Locked(Action action)
    {
        lock (gate)
        {
            action();
        }
    }

    public void Advance(TimeSpan duration) => world.Clock.Advance(duration);

    public void Reset() => world = new World(options);

    /// <summary>Resets the sandbox and loads a scenario; when loading fails, the state is unchanged.</summary>
    public void LoadScenario(Scenario scenario)
    {
        var fresh = new World(options);
        try
        {
            fresh.Loader.Load(scenario);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ApiException)
        {
            throw new ScenarioException($"A document of the scenario does not have the shape that its service gives it: {exception.Message}", exception);
        }

        world = fresh;
    }

    public string NextRequestId() => Interlocked.Increment(ref requestNumber).ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Gets the caller from the access key: one that AssumeRole issued, a 12-digit account id, or the default.</summary>
    public RequestCaller CallerOf(string? accessKeyId)
    {
        lock (gate)
        {
            if (accessKeyId is not null && State.Sessions.TryGetValue(accessKeyId, out var session))
            {
                return session.Caller;
            }

            var account = Policies.Arn.IsAccountId(accessKeyId) ? accessKeyId! : State.DefaultAccount;
            return new(account, $"arn:{SandboxState.PartitionOf(State.DefaultRegion)}:iam::{account}:user/sandbox", "AIDAEXAMPLESANDBOX000", accessKeyId);
        }
    }

    /// <summary>Serves one request.</summary>
    public async Task<ApiResponse> ServeAsync(ApiRequest request)
    {
        var isControl = request.RawPath.StartsWith(ControlService.Path, StringComparison.Ordinal);
        if (LocalCaller.WhyRefused(request, isControl) is { } reason)
        {
            return ControlService.Refusal(reason);
        }

        if (isControl)
        {
            return ControlToken.Matches(options.ControlToken, request.Header(ControlToken.Header))
                ? Locked(() => control.Handle(request))
                : ControlService.Refusal($"Send the control token in the header {ControlToken.Header}. 'logdelivery sandbox' prints it at the start; the object of Start-LogDeliverySandbox has it as ControlToken.");
        }

        var service = world.Services.Find(request);
        var operation = service.OperationOf(request) ?? "Unknown";
        var action = $"{service.Prefix}:{(service is Services.S3.S3Service ? Services.S3.S3Service.ActionOf(request) : operation)}";
        ApiResponse? response = null;
        var fault = default(FaultOutcome);
        lock (gate)
        {
            response = Authenticate(request, service);
            if (response is null)
            {
                fault = FaultDecision.Decide(State.Faults, service, operation, action, request);
            }
        }

        if (fault.LatencyMs > 0)
        {
            await Task.Delay(fault.LatencyMs).ConfigureAwait(false);
        }

        if (fault.Cuts)
        {
            Record(request, service, operation, 0, "ConnectionCut");
            throw new CutConnectionException();
        }

        response ??= fault.Error is { } error ? service.Error(request, error) : Handle(request, service, operation);
        Record(request, service, operation, response.Status, response.ErrorCode);
        if (fault.LosesAnswer)
        {
            throw new CutConnectionException();
        }

        return response;
    }

    private ApiResponse Handle(ApiRequest request, IApiService service, string operation)
    {
        try
        {
            lock (gate)
            {
                return service.Handle(request, operation);
            }
        }
        catch (ApiException exception)
        {
            return service.Error(request, exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or System.Xml.XmlException or System.Text.Json.JsonException)
        {
            // No request may crash the sandbox; the message helps the author of the request.
            return service.Error(request, new ApiException("ValidationException", $"The request could not be understood: {exception.Message}"));
        }
    }

    private void Record(ApiRequest request, IApiService service, string operation, int status, string? error)
    {
        lock (gate)
        {
            State.Calls.Add(new(State.Now, $"{service.Prefix}:{operation}", request.Account, request.Region, status, error));
        }
    }

    private ApiResponse? Authenticate(ApiRequest request, IApiService service)
    {
        if (!options.ChecksSignatures)
        {
            return null;
        }

        var isS3 = service is Services.S3.S3Service;
        if (request.Signature is not { } signature)
        {
            return service.Error(request, isS3
                ? new ApiException("AccessDenied", "Access Denied", 403)
                : new ApiException("MissingAuthenticationToken", "Request is missing Authentication Token", 403));
        }

        var session = State.Sessions.GetValueOrDefault(signature.AccessKeyId);
        var secret = signature.AccessKeyId == options.AccessKeyId ? options.SecretAccessKey : session?.SecretAccessKey;
        if (secret is null || (session is not null && request.Header("x-amz-security-token") != session.Token && request.QueryValue("X-Amz-Security-Token") != session.Token))
        {
            return service.Error(request, isS3
                ? new ApiException("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
                : service is JsonService
                    ? new ApiException("UnrecognizedClientException", "The security token included in the request is invalid.", 400)
                    : new ApiException("InvalidClientTokenId", "The security token included in the request is invalid.", 403));
        }

        return SignatureCheck.IsRight(request, signature, secret)
            ? null
            : service.Error(request, service is JsonService
                ? new ApiException("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.", 400)
                : new ApiException("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.", 403));
    }

    /// <summary>A state with the things that work on it; replaced as a whole by a reset.</summary>
    private sealed class World
    {
        public World(SandboxOptions options)
        {
            State = new SandboxState(options);
            Clock = new DeliveryClock(State);
            Loader = new ScenarioLoader(State, Clock);
            Services = new ServiceDirectory(State);
        }

        public SandboxState State { get; }

        public DeliveryClock Clock { get; }

        public ScenarioLoader Loader { get; }

        public ServiceDirectory Services { get; }
    }
}
