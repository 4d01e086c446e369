namespace LogDelivery.Requests;

/// <summary>Something that was asked for and cannot be answered as it was given. It spoils nothing else that was asked for.</summary>
/// <param name="Code">A stable word, such as <c>UnknownSource</c>; PowerShell shows it as the id of the error.</param>
/// <param name="Given">What was given: the source, the ARN, the path.</param>
/// <param name="Message">What is wrong with it, in a sentence.</param>
/// <param name="Remedy">What to give in its place.</param>
internal sealed record RequestProblem(string Code, string Given, string Message, string Remedy)
{
    /// <summary>The code of a delivery that AWS would not take, or that is not described well enough to be judged.</summary>
    public const string InvalidDelivery = nameof(InvalidDelivery);

    /// <summary>The code of everything else that contradicts itself or lacks a part.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>The message and the remedy.</summary>
    public override string ToString() => $"{Message} {Remedy}";
}
