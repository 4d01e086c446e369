using System.Text;
using System.Text.Unicode;

namespace LogDelivery.Logs.Files;

/// <summary>Finds the first bytes of a text that are not UTF-8, block by block.</summary>
internal sealed class Utf8Check
{
    private readonly byte[] open = new byte[4];
    private int openLength;
    private bool done;

    /// <summary>Checks the next block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <returns>
    /// Where in the block the first bytes begin that are not UTF-8 (negative for the block before); <see langword="null"/> when
    /// all are, and after the first place, as one is enough.
    /// </returns>
    public int? FirstInvalid(ReadOnlySpan<byte> block, bool isEnd)
    {
        if (done || (openLength == 0 && Ascii.IsValid(block)))
        {
            return null;
        }

        var carried = openLength;
        var start = 0;
        while (openLength > 0 && start < block.Length)
        {
            open[openLength++] = block[start++];
            var status = Rune.DecodeFromUtf8(open.AsSpan(0, openLength), out _, out _);
            if (status == System.Buffers.OperationStatus.InvalidData)
            {
                return Found(-carried);
            }

            openLength = status == System.Buffers.OperationStatus.Done ? 0 : openLength;
        }

        if (openLength > 0)
        {
            return isEnd ? Found(-carried) : null;
        }

        var rest = block[start..];
        if (Utf8.IsValid(rest))
        {
            return null;
        }

        for (var i = 0; i < rest.Length;)
        {
            var status = Rune.DecodeFromUtf8(rest[i..], out _, out var length);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
            {
                rest[i..].CopyTo(open);
                openLength = rest.Length - i;
                return null;
            }

            if (status == System.Buffers.OperationStatus.InvalidData)
            {
                return Found(start + i);
            }

            i += length;
        }

        return null;
    }

    private int Found(int place)
    {
        done = true;
        return place;
    }
}
