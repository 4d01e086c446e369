namespace LogDelivery.Commands;

/// <summary>The parameters of a cmdlet that takes documents: text, or files.</summary>
internal interface IPolicyParameters
{
    string[]? PolicyDocument { get; }

    string[]? Path { get; }

    string[]? LiteralPath { get; }

    string ParameterSetName { get; }
}
