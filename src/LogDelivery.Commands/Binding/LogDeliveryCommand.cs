using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using LogDelivery.Requests;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary>What all cmdlets share: one bad item is one error that names it, says what to do and stops nothing else.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without a timer holds nothing, and the thread that stops the pipeline may come after its end.")]
public abstract class LogDeliveryCommand : PSCmdlet
{
    private protected LogDeliveryCommand()
    {
    }

    private readonly CancellationTokenSource stop = new();

    /// <summary>Cancelled when the pipeline is stopped: by Ctrl+C, by a later command that has enough, by the end of a job.</summary>
    internal CancellationToken StopToken => stop.Token;

    /// <summary>Whether an error was written, so that a yes or no must not become a yes.</summary>
    internal bool HadError { get; private set; }

    /// <summary>What all that was looked at comes to.</summary>
    internal Conclusion Conclusion { get; } = new();

    /// <summary>Whether the user asked only to be shown what would be done, by parameter or by preference.</summary>
    internal bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? LanguagePrimitives.IsTrue(asked)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Writes a non-terminating error.</summary>
    /// <param name="errorId">The stable id; part of the contract, see about_LogDelivery.</param>
    /// <param name="category">The category.</param>
    /// <param name="target">What the user named.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="action">What to do.</param>
    /// <param name="exception">The cause, if there is one to keep.</param>
    internal void Report(string errorId, ErrorCategory category, object? target, ShownText message, ShownText action, Exception? exception = null)
    {
        HadError = true;
        WriteError(new ErrorRecord(exception ?? new ArgumentException(message.Text), errorId, category, target)
        {
            ErrorDetails = new ErrorDetails(message.Text) { RecommendedAction = action.Text },
        });
    }

    // What a person reads is shown text: a string as such is made visible, on one line. They are found before the methods of PowerShell,
    // which print what they get.
    internal void WriteWarning(ShownText text) => base.WriteWarning(text.Text);

    internal void WriteVerbose(ShownText text) => base.WriteVerbose(text.Text);

    internal new void WriteProgress(ProgressRecord progress)
    {
        progress.Activity = VisibleText.Of(progress.Activity);
        progress.StatusDescription = VisibleText.Of(progress.StatusDescription);
        base.WriteProgress(progress);
    }

    internal bool ShouldProcess(ShownText target, ShownText action) => base.ShouldProcess(target.Text, action.Text);

    internal bool ShouldProcess(ShownText description, ShownText question, ShownText caption) => base.ShouldProcess(description.Text, question.Text, caption.Text);

    internal bool ShouldProcess(ShownText description, ShownText question, ShownText caption, out ShouldProcessReason reason)
        => base.ShouldProcess(description.Text, question.Text, caption.Text, out reason);

    /// <summary>Computes something on the pipeline thread that may take long.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    internal T Compute<T>(Func<CancellationToken, T> compute)
    {
        try
        {
            return compute(StopToken);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    /// <summary>Writes each problem of a request as a non-terminating error.</summary>
    /// <param name="problems">The problems.</param>
    internal void Report(IEnumerable<RequestProblem> problems)
    {
        foreach (var problem in problems)
        {
            Conclusion.Add(problem);
            var category = problem.Code.StartsWith("Unknown", StringComparison.Ordinal) ? ErrorCategory.ObjectNotFound : ErrorCategory.InvalidArgument;
            Report(problem.Code, category, OrNull(problem.Given), problem.Message, problem.Remedy, new RequestException(problem));
        }
    }

    /// <summary>The answer of <c>-Quiet</c>: what could not be told must not pass.</summary>
    private protected void WriteQuietAnswer() => WriteObject(Conclusion.IsWell && !HadError);

    /// <summary>An optional text that an object of another module may carry as nothing at all.</summary>
    internal static string? OrNull(string? text) => RequestText.OrNull(text);

    internal static IReadOnlyList<string> OrEmpty(string[]? texts) => RequestText.OrEmpty(texts);
}
