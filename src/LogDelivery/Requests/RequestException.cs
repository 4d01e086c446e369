namespace LogDelivery.Requests;

/// <summary>A problem of a request as an exception, for shells that report problems so.</summary>
internal sealed class RequestException : ArgumentException
{
    /// <summary>Makes the exception of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public RequestException(RequestProblem problem)
        : base(problem?.Message)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
    }

    /// <summary>Makes the exception.</summary>
    public RequestException()
        : this("The request cannot be answered.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    public RequestException(string message)
        : base(message)
        => Problem = new(RequestProblem.InvalidRequest, string.Empty, message, string.Empty);

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public RequestException(string message, Exception innerException)
        : base(message, innerException)
        => Problem = new(RequestProblem.InvalidRequest, string.Empty, message, string.Empty);

    /// <summary>The problem.</summary>
    public RequestProblem Problem { get; }
}
