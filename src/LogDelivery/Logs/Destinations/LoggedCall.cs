namespace LogDelivery.Logs.Destinations;

/// <summary>Who made a call, when, where, and how it ended: what is kept of a call once its request has been read.</summary>
/// <param name="Time">When it was received, in UTC.</param>
/// <param name="EventId">The id of the event, which is the same in the files of all trails.</param>
/// <param name="Service">The service, as actions name it: <c>cloudtrail</c>, <c>elasticloadbalancing</c>.</param>
/// <param name="Name">The name of the API.</param>
/// <param name="AccountId">The account that was called.</param>
/// <param name="Region">The Region that was called.</param>
/// <param name="Principal">The ARN of who called; of those who have none, what the event names them by.</param>
/// <param name="ErrorCode">The error code; <see langword="null"/> when it succeeded.</param>
/// <param name="ErrorMessage">The message that goes with it.</param>
internal sealed record LoggedCall(DateTime Time, string? EventId, string Service, string Name, string? AccountId, string? Region, string? Principal, string? ErrorCode, string? ErrorMessage)
{
    /// <summary>The action, as policies name it.</summary>
    public string Action => $"{Service}:{Name}";
}
