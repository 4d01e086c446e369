using System.Numerics;
using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <content>
/// The rare events: the window is filled, a part of the text ends, the text between two records is not JSON, or a record has
/// no end. After damage, reading resumes at the next line that begins an object.
/// </content>
internal sealed partial class JsonCutter
{
    private bool FillWindow()
    {
        if (isInRecord && next - recordStart > MaxRecordLength && !isTooLarge)
        {
            ReportTooLarge(Window.Origin + recordStart);
            if (ReturnToNextLine())
            {
                return true;
            }

            isTooLarge = true;
        }

        if (!isInRecord && !isInWrapper && next - gapStart > LongGap)
        {
            PassLongGap();
        }

        var keep = isInRecord && !isTooLarge ? recordStart
            : isInRecord || isInWrapper ? Math.Max(0, next - LookBack)
            : gapStart;
        var isMore = Window.Fill(keep, out var shift);
        next -= shift;
        recordStart -= shift;
        gapStart -= shift;
        return isMore;
    }

    private void PassLongGap()
    {
        var gap = Window.Bytes[gapStart..next].Trim(JsonText.Blanks);
        if (gap is [(byte)','] && expectsComma)
        {
            expectsComma = false;
        }
        else if (!gap.IsEmpty)
        {
            Malformed(gapStart, "The text between two records is not a record.");
        }

        gapStart = next;
    }

    private void EndPart()
    {
        isCutOffGiven = false;
        if (!Window.Content.IsCutOff)
        {
            if (depth > 0 || word.IsInString)
            {
                Window.Content.Report(DamageKind.Truncated, Window.Origin + (isInRecord && !isTooLarge ? recordStart : next), isInRecord ? "The text ends within the record that begins here." : "The text ends before its last bracket is closed.");
            }
            else
            {
                CheckGap(next, expectsComma: false);
            }
        }

        if (!isTooLarge && ReturnToNextLine())
        {
            return;
        }

        ended = !Window.MoveToNextPart();
        next = gapStart = 0;
        isByLine = false;
        Restart();
    }

    private void CheckGap(int end, bool expectsComma)
    {
        var gap = Window.Bytes[gapStart..end].Trim(JsonText.Blanks);
        if (Window.Origin + gapStart == 0 && gap.StartsWith(JsonText.ByteOrderMark))
        {
            gap = gap[JsonText.ByteOrderMark.Length..].Trim(JsonText.Blanks);
        }

        // At the top, text sequences (RFC 7464) begin each record with a record separator.
        var isGood = expectsComma ? gap is [(byte)','] : gap.IsEmpty || (depth == 0 && gap.Trim("\u001e \t\r\n"u8).IsEmpty);
        if (!isGood)
        {
            Malformed(gapStart, "The text between two records is not a record.");
        }
    }

    private void PassForbidden()
    {
        var place = wordStart + BitOperations.TrailingZeroCount(forbidden);
        forbidden &= forbidden - 1;
        TakeUpToForbidden();
        var isLineEnd = Window.Bytes[place] == (byte)'\n';
        if (!(isLineEnd && place > 0 && Window.Bytes[place - 1] == (byte)'\r'))
        {
            Malformed(place, "A string contains a line end or a control character.");
        }

        // One object a line: the next line begins anew.
        if (isLineEnd && recordDepth == 0 && !isInWrapper && !(EndsBehindAnotherLine(place) && ReturnToNextLine()))
        {
            next = gapStart = place + 1;
            Restart();
        }
    }

    private bool EndsBehindAnotherLine(int place)
        => isInRecord && !isTooLarge && Window.Bytes[recordStart..place].IndexOf(LineOfObject) >= 0;

    private bool BeginsLine(int place) => place > 0 && Window.Bytes[(place - 1)..].StartsWith(LineOfObject);

    private void Abandon(int place)
    {
        if (isInRecord && !isTooLarge)
        {
            Malformed(recordStart, "The record that begins here has no end before the line where the next one begins.");
        }

        depth = 0;
        isInRecord = isInWrapper = expectsComma = false;
        gapStart = place;
    }

    /// <summary>
    /// Returns to the first line after the beginning of an unterminated object that begins an object, so that one broken
    /// line costs only itself. From there on each line is read once, regardless of how many are broken.
    /// </summary>
    private bool ReturnToNextLine()
    {
        if (!isInRecord || recordDepth > 0 || isByLine)
        {
            return false;
        }

        isByLine = true;
        var place = Window.Bytes[recordStart..].IndexOf(LineOfObject);
        if (place < 0)
        {
            return false;
        }

        next = gapStart = recordStart + place + 1;
        Restart();
        return true;
    }

    private void Restart()
    {
        word.Reset();
        brackets = forbidden = waiting = 0;
        depth = recordDepth = 0;
        outerDepths.Clear();
        isInRecord = isInWrapper = expectsComma = false;
    }

    private void Malformed(int place, string message) => Window.Content.Report(DamageKind.Malformed, Window.Origin + place, message);
}
