namespace LogDelivery.Requests;

/// <summary>What a request means: the items that can be answered, and a problem for each part that cannot.</summary>
/// <typeparam name="T">What is asked about.</typeparam>
/// <param name="Items">The items, each once.</param>
/// <param name="Problems">The problems, in the order of what was given.</param>
internal sealed record Resolved<T>(IReadOnlyList<T> Items, IReadOnlyList<RequestProblem> Problems)
{
    /// <summary>
    /// Whether something was asked for and nothing of it is left. That must not be read as "nothing in particular was asked
    /// for", which means everything.
    /// </summary>
    public bool IsRefused => Items.Count == 0 && Problems.Count > 0;
}
