namespace LogDelivery.Records;

/// <summary>Standard input. It can be opened once.</summary>
/// <param name="stream">The stream to read in place of the process's standard input.</param>
public sealed class StandardInputObject(Stream? stream = null) : LogObject
{
    /// <inheritdoc/>
    public override string Name => "standard input";

    /// <inheritdoc/>
    public override bool CanOpenAgain => false;

    /// <inheritdoc/>
    public override Stream Open() => stream ?? Console.OpenStandardInput();
}
