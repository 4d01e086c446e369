using System.Text;
using LogDelivery.Json;

namespace LogDelivery.Logs.Shapes;

/// <summary>The position of the records in a JSON text.</summary>
/// <param name="ArrayNames">The members of an object whose array holds records, in place of the object itself.</param>
/// <param name="IgnoresCase">Whether the members may be written in another case, as PowerShell writes what the AWS CLI gives.</param>
/// <param name="ArrayLevels">The number of nested arrays that hold records; an array nested deeper is itself a record.</param>
internal sealed record RecordLayout(IReadOnlyList<string> ArrayNames, bool IgnoresCase = false, int ArrayLevels = RecordLayout.MostLevels)
{
    /// <summary>Arrays nested deeper than this are treated as records: no tool writes them.</summary>
    public const int MostLevels = 16;

    /// <summary>The layout of CloudTrail files, and of all that is one object after another.</summary>
    public static RecordLayout Records { get; } = new(["Records"]);

    private readonly byte[][] quoted = [.. ArrayNames.Select(n => Encoding.UTF8.GetBytes($"\"{n}\""))];

    /// <summary>The layout of a text.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="head">Its first bytes.</param>
    public static RecordLayout Of(LogShape shape, ReadOnlySpan<byte> head) => shape switch
    {
        LogShape.LookupEvents or LogShape.LogEvents => new(["Events"], IgnoresCase: true),
        LogShape.QueryResults => new(["Results"], IgnoresCase: true, EnvelopeShapes.LevelsAboveRows(head)),
        LogShape.Messages => new(["Messages", "Records"], IgnoresCase: true),
        _ => Records,
    };

    /// <summary>Whether a text ends with the name of such an array, in its quotes.</summary>
    public bool IsNamedBy(ReadOnlySpan<byte> text)
    {
        foreach (var name in quoted)
        {
            if (IsNamedBy(text, name))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNamedBy(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var start = text.Length - name.Length;
        var isHere = start >= 0 && (IgnoresCase ? Ascii.EqualsIgnoreCase(text[start..], name) : text[start..].SequenceEqual(name));
        return isHere ? start == 0 || text[start - 1] != (byte)'\\' : JsonText.LastStringIs(text, name[1..^1]);
    }
}
