using LogDelivery.Requests;

namespace LogDelivery.Cli;

/// <summary>Prints the problems of requests. A command that answers goes on with the rest; one that writes does not begin.</summary>
internal static class RequestReport
{
    /// <summary>Prints problems, a line each, and lets the conclusion know.</summary>
    public static void Tell(IEnumerable<RequestProblem> problems, Conclusion conclusion, Screen error)
    {
        foreach (var problem in problems)
        {
            conclusion.Add(problem);
            error.WriteLine(problem.ToString());
        }
    }

    /// <summary>The items of a request that is meaningful only as a whole.</summary>
    /// <exception cref="UserException">The request has a problem.</exception>
    public static IReadOnlyList<T> Whole<T>(Resolved<T> resolved) => resolved.Problems.Count == 0 ? resolved.Items : throw Refusal(resolved.Problems);

    /// <summary>The request, as far as anything of it can be answered.</summary>
    /// <exception cref="UserException">Nothing of it can.</exception>
    public static Resolved<T> Rest<T>(Resolved<T> resolved) => !resolved.IsRefused ? resolved : throw Refusal(resolved.Problems);

    private static UserException Refusal(IEnumerable<RequestProblem> problems) => new([.. problems.Select(p => p.ToString())]);
}
