namespace LogDelivery.Commands;

/// <summary>The names of the parameter sets.</summary>
internal static class ParameterSets
{
    public const string Live = "Live";
    public const string Document = "Document";
    public const string Path = "Path";
    public const string LiteralPath = "LiteralPath";
}
