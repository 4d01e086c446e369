using System.Text;

namespace LogDelivery.Records;

/// <summary>Where the records of a JSON text stand.</summary>
/// <param name="ArrayName">The member of an object whose array holds records, in place of the object itself.</param>
/// <param name="IgnoresCase">Whether the member may be written in another case, as PowerShell writes what the AWS CLI gives.</param>
/// <param name="ArrayLevels">How many arrays, one in the other, hold records; an array further in is itself a record.</param>
internal sealed record RecordLayout(string ArrayName, bool IgnoresCase = false, int ArrayLevels = RecordLayout.MostLevels)
{
    /// <summary>Arrays nested deeper than this are taken as records: no tool writes such.</summary>
    public const int MostLevels = 16;

    /// <summary>The layout of CloudTrail files, and of all that is one object after another.</summary>
    public static RecordLayout Records { get; } = new("Records");

    private readonly byte[] quoted = Encoding.UTF8.GetBytes($"\"{ArrayName}\"");

    /// <summary>The layout of a text.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="head">Its first bytes.</param>
    public static RecordLayout Of(LogShape shape, ReadOnlySpan<byte> head) => shape switch
    {
        LogShape.LookupEvents or LogShape.LogEvents => new("Events", IgnoresCase: true),
        LogShape.QueryResults => new("Results", IgnoresCase: true, CarrierShapes.LevelsAboveRows(head)),
        _ => Records,
    };

    /// <summary>Whether a text ends with the name of the array, in its quotes.</summary>
    public bool IsNamedBy(ReadOnlySpan<byte> text)
    {
        var start = text.Length - quoted.Length;
        var isHere = start >= 0 && (IgnoresCase ? Ascii.EqualsIgnoreCase(text[start..], quoted) : text[start..].SequenceEqual(quoted));
        return isHere ? start == 0 || text[start - 1] != (byte)'\\' : JsonText.LastStringIs(text, quoted.AsSpan(1, quoted.Length - 2));
    }
}
