namespace LogDelivery.Logs.Files;

/// <summary>Standard input. It can be opened once.</summary>
/// <param name="stream">The stream to read in place of the process's standard input.</param>
/// <param name="cancellationToken">Stops reading at once, also where nothing comes.</param>
internal sealed class StandardInputObject(Stream? stream = null, CancellationToken cancellationToken = default) : LogObject
{
    /// <inheritdoc/>
    public override string Name => "standard input";

    /// <inheritdoc/>
    public override bool CanOpenAgain => false;

    /// <inheritdoc/>
    public override Stream Open()
    {
        var input = stream ?? Console.OpenStandardInput();
        return cancellationToken.CanBeCanceled ? new StoppableStream(input, cancellationToken) : input;
    }
}
