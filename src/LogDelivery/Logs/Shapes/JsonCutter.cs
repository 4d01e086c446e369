using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>
/// Cuts JSON into records by the depth of braces outside of strings: the elements of a top-level array or of a top-level
/// <c>Records</c> or of another such member, and otherwise each top-level object. It classifies 64 bytes at a time, and
/// examines only those in which a record can begin or end.
/// </summary>
internal sealed partial class JsonCutter(TextWindow window, int maxRecordLength, RecordLayout layout) : RecordCutter(window, maxRecordLength)
{
    private const int None = -1;

    // The number of bytes kept to look back at a key when nothing else needs them.
    private const int LookBack = 256;
    private const int LongGap = 1 << 12;

    private static ReadOnlySpan<byte> LineOfObject => "\n{"u8;

    private JsonWord word;
    private PairWatch letters = new(BytePair.None);
    private bool givesAll = true;
    private int next;
    private bool ended;

    // The current word: its position, and its brackets that are not processed yet.
    private int wordStart = None;
    private ulong brackets;
    private ulong opening;
    private bool wordHasBackslash;
    private bool wordMayMatter;

    // Control characters within strings that are not reported yet: the brackets after the first of them wait.
    private ulong forbidden;
    private ulong waiting;

    private int depth;

    // Records open at this depth: 0 for objects one after another, 1 in an array, 2 in Records; and the depths outside of it.
    private readonly Stack<int> outerDepths = new(RecordLayout.MostLevels);
    private int recordDepth;
    private bool isInRecord;
    private bool isTooLarge;
    private bool hasBackslash;
    private bool mayMatter;
    private int recordStart;

    // The text between two records is checked, too.
    private int gapStart;
    private bool expectsComma;
    private bool isInWrapper;

    // After an unterminated object, an object that begins a line does not belong to the object before it.
    private bool isByLine;
    private bool isCutOffGiven;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryCut(out LogRecord record)
    {
        while (!ended)
        {
            if (wordStart != None && FinishWord(out record))
            {
                return true;
            }

            if (Window.Bytes.Length - next >= PairWatch.Reach)
            {
                ScanWords();
            }
            else if (!FillWindow())
            {
                if (Window.IsWaiting)
                {
                    break;
                }

                if (GivesCutOff && TryGiveCutOff(out record))
                {
                    return true;
                }

                ScanTail();
            }
        }

        record = default;
        return false;
    }

    public override void Seek(BytePair letters)
    {
        this.letters = new(letters);
        givesAll = false;

        // The text read so far was not searched for them.
        mayMatter = wordMayMatter = true;
    }

    private bool TryGiveCutOff(out LogRecord record)
    {
        if (next < Window.Bytes.Length || !isInRecord || isTooLarge || isCutOffGiven)
        {
            record = default;
            return false;
        }

        // Reading resumes by itself at the next line that begins an object.
        isCutOffGiven = true;
        var rest = Window.Bytes[recordStart..];
        var line = rest.IndexOf(LineOfObject);
        record = new(line < 0 ? rest : rest[..line], Window.Origin + recordStart, Count + 1, hasBackslash) { IsCutOff = true };
        return true;
    }

    // Optimized at once: the loop ends before the runtime would notice how often it runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanWords()
    {
        var bytes = Window.Bytes;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var quiet = isByLine ? int.MaxValue : recordDepth <= 1 ? recordDepth + 1 : recordDepth;
        var last = bytes.Length - PairWatch.Reach;
        var escapes = 0UL;
        var hiding = 0UL;

        // Everything is in locals: this loop reads each byte of the logs.
        var state = word;
        var watch = letters;
        var place = next;
        var level = depth;
        while (place <= last)
        {
            ref var at = ref Unsafe.Add(ref first, place);
            state.Take(ref at, out var open, out var close, ref escapes, ref hiding, out var forbiddenHere);
            watch.Look(ref at);
            var closes = BitOperations.PopCount(close);
            if (forbiddenHere == 0 && (level - closes > quiet || StaysAbove(quiet, level, open, close)))
            {
                level += BitOperations.PopCount(open) - closes;
                place += JsonWord.Length;
                continue;
            }

            Hold(place, open, close, forbiddenHere);
            wordHasBackslash = escapes != 0;
            wordMayMatter = hiding != 0 || watch.IsAt(ref at);
            place += JsonWord.Length;
            break;
        }

        hasBackslash |= escapes != 0;
        mayMatter |= hiding != 0 || watch.HasMet;
        word = state;
        next = place;
        depth = level;
    }

    // Small objects open and close within a word, far from where records end. No call, for that would cost the loop its registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool StaysAbove(int quiet, int level, ulong open, ulong close)
    {
        for (var left = open | close; left != 0 && level > quiet; left &= left - 1)
        {
            level += (open & left & (0 - left)) != 0 ? 1 : -1;
        }

        return level > quiet;
    }

    private void ScanTail()
    {
        var rest = Window.Bytes[next..];
        if (rest.IsEmpty)
        {
            EndPart();
            return;
        }

        Span<byte> padded = stackalloc byte[PairWatch.Reach];
        padded.Fill((byte)' ');
        rest.CopyTo(padded);
        var escapes = 0UL;
        var hiding = 0UL;
        word.Take(ref padded[0], out var open, out var close, ref escapes, ref hiding, out var forbiddenHere);
        Hold(next, open, close, forbiddenHere);
        hasBackslash |= wordHasBackslash = escapes != 0;
        mayMatter |= wordMayMatter = hiding != 0 || letters.IsAt(ref padded[0]);
        next = Window.Bytes.Length;
    }

    private void Hold(int start, ulong open, ulong close, ulong forbiddenHere)
    {
        wordStart = start;
        opening = open;
        brackets = 0;
        forbidden = forbiddenHere;
        waiting = open | close;
        TakeUpToForbidden();
    }

    private void TakeUpToForbidden()
    {
        var before = (forbidden & (0 - forbidden)) - 1;
        brackets = waiting & before;
        waiting &= ~before;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FinishWord(out LogRecord record)
    {
        while (brackets != 0 || forbidden != 0)
        {
            if (brackets == 0)
            {
                PassForbidden();
                continue;
            }

            var bit = brackets & (0 - brackets);
            var place = wordStart + BitOperations.TrailingZeroCount(bit);
            brackets ^= bit;
            if ((opening & bit) != 0)
            {
                Open(place);
            }
            else if (Close(place) && (mayMatter || givesAll))
            {
                record = new(Window.Bytes[recordStart..(place + 1)], Window.Origin + recordStart, Count, hasBackslash);
                return true;
            }
        }

        wordStart = None;
        record = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Open(int place)
    {
        if (isByLine && depth > 0 && recordDepth == 0 && BeginsLine(place))
        {
            Abandon(place);
        }

        if (depth == recordDepth && !isInRecord && !isInWrapper)
        {
            if (!(expectsComma && place == gapStart + 1 && Window.Bytes[gapStart] == (byte)','))
            {
                CheckGap(place, expectsComma);
            }

            if (Window.Bytes[place] == (byte)'[' && outerDepths.Count < layout.ArrayLevels && outerDepths.Count < RecordLayout.MostLevels)
            {
                Enter(place);
            }
            else
            {
                isInRecord = true;
                isTooLarge = false;
                recordStart = place;
                hasBackslash = wordHasBackslash;
                mayMatter = wordMayMatter;
            }
        }
        else if (depth == recordDepth + 1 && recordDepth <= 1 && Window.Bytes[place] == (byte)'[' && IsValueOfRecords(place))
        {
            isInRecord = false;
            Enter(place);
        }

        depth++;
    }

    private void Enter(int place)
    {
        outerDepths.Push(recordDepth);
        recordDepth = depth + 1;
        isInWrapper = false;
        gapStart = place + 1;
        expectsComma = false;
    }

    /// <returns>Whether a record ends here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Close(int place)
    {
        if (depth == 0)
        {
            CheckGap(place, expectsComma: false);
            Malformed(place, "A brace or bracket is closed here that was never opened.");
            gapStart = place + 1;
            return false;
        }

        depth--;
        if (isInRecord)
        {
            if (depth != recordDepth)
            {
                return false;
            }

            isInRecord = false;
            gapStart = place + 1;
            expectsComma = recordDepth > 0;
            Count++;
            return !isTooLarge;
        }

        if (!isInWrapper && depth < recordDepth)
        {
            CheckGap(place, expectsComma: false);
            recordDepth = outerDepths.Pop();
        }

        isInWrapper = depth > recordDepth;
        gapStart = place + 1;
        expectsComma = recordDepth > 0 && !isInWrapper;
        return false;
    }

    // The key before an array: as it is always written, or spelled with escapes.
    private bool IsValueOfRecords(int place)
    {
        var from = isInRecord && !isTooLarge ? recordStart : Math.Max(0, place - LookBack);
        var before = Window.Bytes[from..place].TrimEnd(JsonText.Blanks);
        if (before is not [.. var key, (byte)':'])
        {
            return false;
        }

        key = key.TrimEnd(JsonText.Blanks);
        return layout.IsNamedBy(key);
    }
}
