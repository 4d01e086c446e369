using System.Text;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Inputs of several parts, with a line of three hyphens between them.</summary>
internal static class Parts
{
    private static readonly byte[] Mark = "\n---\n"u8.ToArray();

    public static byte[] Join(params string[] parts) => Encoding.UTF8.GetBytes(string.Join("\n---\n", parts));

    /// <summary>The parts; what is missing is empty, and what is too much belongs to the last one.</summary>
    public static byte[][] Split(byte[] input, int count)
    {
        var parts = new byte[count][];
        var rest = input.AsSpan();
        for (var i = 0; i < count; i++)
        {
            var end = i == count - 1 ? -1 : rest.IndexOf(Mark);
            parts[i] = (end < 0 ? rest : rest[..end]).ToArray();
            rest = end < 0 ? [] : rest[(end + Mark.Length)..];
        }

        return parts;
    }

    public static string[] SplitText(byte[] input, int count) => [.. Split(input, count).Select(Text)];

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The text with half pairs of surrogates, which UTF-8 cannot carry: each byte pair is a character.</summary>
    public static string Utf16(byte[] bytes) => new(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(bytes));
}
