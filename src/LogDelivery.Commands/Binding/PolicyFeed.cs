using LogDelivery.Policies;

namespace LogDelivery.Commands;

/// <summary>The documents that a cmdlet is given, from parameters or the pipeline, in the order in which they come.</summary>
internal sealed class PolicyFeed(LogDeliveryCommand command, IPolicyParameters parameters, PolicyKind kind)
{
    private readonly PolicyReader reader = new(command);
    private IReadOnlyList<PolicyItem>? fixedItems;

    public PolicyReader Reader => reader;

    /// <summary>Reads what the command line names. It is the same for all that comes by the pipeline: read once, complained about once.</summary>
    public void Begin(IDictionary<string, object> boundParameters)
    {
        if (new[] { nameof(parameters.PolicyDocument), nameof(parameters.Path), nameof(parameters.LiteralPath) }.Any(boundParameters.ContainsKey))
        {
            fixedItems = [.. Parse(ReadInputs()), .. Parse(reader.Flush())];
        }
    }

    /// <summary>The documents of one pipeline record.</summary>
    public IEnumerable<PolicyItem> Next() => fixedItems ?? Parse(ReadInputs());

    /// <summary>What is left at the end of the pipeline.</summary>
    public IEnumerable<PolicyItem> End() => Parse(reader.Flush());

    private IEnumerable<PolicyInput> ReadInputs() => parameters.ParameterSetName switch
    {
        ParameterSets.Path => reader.ReadFiles(parameters.Path, isLiteral: false),
        ParameterSets.LiteralPath => reader.ReadFiles(parameters.LiteralPath, isLiteral: true),
        _ => reader.ReadText(parameters.PolicyDocument),
    };

    private IEnumerable<PolicyItem> Parse(IEnumerable<PolicyInput> inputs)
    {
        foreach (var input in inputs)
        {
            if (reader.Parse(input, kind) is { } document)
            {
                yield return new(input, document);
            }
        }
    }
}

/// <summary>A document and where it came from.</summary>
internal sealed record PolicyItem(PolicyInput Input, PolicyDocument Document);
