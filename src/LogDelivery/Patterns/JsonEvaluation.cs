using System.Buffers;
using LogDelivery.Json;

namespace LogDelivery.Patterns;

/// <summary>Evaluates the conditions of a pattern in one pass over a JSON event.</summary>
/// <remarks>Of duplicate members the last one counts, as in most JSON parsers; <c>.*</c> tests every member.</remarks>
internal ref struct JsonEvaluation
{
    private readonly Span<bool> truths;
    private JsonScanner scanner;

    private JsonEvaluation(ReadOnlySpan<byte> json, Span<bool> truths)
    {
        this.truths = truths;
        scanner = new(json);
    }

    /// <summary>Evaluates all conditions.</summary>
    /// <param name="tree">The conditions.</param>
    /// <param name="json">The event.</param>
    /// <param name="truths">Takes whether each condition holds, by its number.</param>
    /// <returns>False when the event is not one JSON object; then nothing holds of it.</returns>
    public static bool TryRun(SelectorTree tree, ReadOnlySpan<byte> json, Span<bool> truths)
    {
        truths.Clear();
        var evaluation = new JsonEvaluation(json, truths);
        evaluation.scanner.SkipBlanks();
        if (evaluation.scanner.Peek() != '{' || !evaluation.TryObject(tree.Root) || !evaluation.scanner.AtEndAfterBlanks())
        {
            return false;
        }

        for (var i = 0; i < tree.Conditions.Count; i++)
        {
            truths[i] ^= tree.Conditions[i] is AbsenceCondition;
        }

        return true;
    }

    private bool TryValue(SelectorNode node)
    {
        switch (scanner.Peek())
        {
            case (byte)'{':
                Accept(node, JsonValueKind.Object, default);
                return node.WantsProperties ? TryObject(node) : scanner.TrySkipValue();
            case (byte)'[':
                Accept(node, JsonValueKind.Array, default);
                return node.WantsElements ? TryArray(node) : scanner.TrySkipValue();
            case (byte)'"':
                return TryString(node);
            case (byte)'t':
                Accept(node, JsonValueKind.True, default);
                return scanner.TrySkipLiteral("true"u8);
            case (byte)'f':
                Accept(node, JsonValueKind.False, default);
                return scanner.TrySkipLiteral("false"u8);
            case (byte)'n':
                Accept(node, JsonValueKind.Null, default);
                return scanner.TrySkipLiteral("null"u8);
            default:
                var start = scanner.Position;
                if (!scanner.TrySkipNumber())
                {
                    return false;
                }

                Accept(node, JsonValueKind.Number, scanner.Slice(start, scanner.Position));
                return true;
        }
    }

    private readonly void Accept(SelectorNode node, JsonValueKind kind, ReadOnlySpan<byte> value)
    {
        foreach (var condition in node.Tests)
        {
            // Another element may have satisfied it before.
            if (!truths[condition.Number])
            {
                truths[condition.Number] = condition.Accepts(kind, value);
            }
        }
    }

    private bool TryString(SelectorNode node)
    {
        if (!scanner.TrySkipString(out var start, out var end, out var escaped))
        {
            return false;
        }

        var raw = scanner.Slice(start, end);
        if (!escaped || node.Tests.Length == 0)
        {
            Accept(node, JsonValueKind.String, raw);
            return true;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        Accept(node, JsonValueKind.String, buffer.AsSpan(0, JsonString.Unescape(raw, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return true;
    }

    private bool TryObject(SelectorNode node)
    {
        scanner.Position++;
        scanner.SkipBlanks();
        if (scanner.TryTake((byte)'}'))
        {
            return true;
        }

        while (true)
        {
            if (scanner.Peek() != '"' || !scanner.TrySkipString(out var start, out var end, out var escaped))
            {
                return false;
            }

            var child = Find(node, scanner.Slice(start, end), escaped);
            scanner.SkipBlanks();
            if (!scanner.TryTake((byte)':'))
            {
                return false;
            }

            scanner.SkipBlanks();
            if (!TryMember(child, node.AnyProperty))
            {
                return false;
            }

            scanner.SkipBlanks();
            if (scanner.TryTake((byte)'}'))
            {
                return true;
            }

            if (!scanner.TryTake((byte)','))
            {
                return false;
            }

            scanner.SkipBlanks();
        }
    }

    private bool TryArray(SelectorNode node)
    {
        scanner.Position++;
        scanner.SkipBlanks();
        if (scanner.TryTake((byte)']'))
        {
            return true;
        }

        for (var index = 0; ; index++)
        {
            if (!TryMember(node.HasIndexes ? node.Element(index) : null, node.AnyElement))
            {
                return false;
            }

            scanner.SkipBlanks();
            if (scanner.TryTake((byte)']'))
            {
                return true;
            }

            if (!scanner.TryTake((byte)','))
            {
                return false;
            }

            scanner.SkipBlanks();
        }
    }

    /// <summary>A value that a named step, a wildcard, both or neither lead to.</summary>
    private bool TryMember(SelectorNode? named, SelectorNode? any)
    {
        if (named is null && any is null)
        {
            return scanner.TrySkipValue();
        }

        var start = scanner.Position;
        if (named is not null)
        {
            // A member of the same name may have been here: it counts no more.
            truths.Slice(named.FirstCondition, named.ConditionCount).Clear();
            if (!TryValue(named))
            {
                return false;
            }
        }

        if (any is null)
        {
            return true;
        }

        scanner.Position = start;
        return any.WantsProperties || any.WantsElements ? TryAny(any) : TryValue(any);
    }

    private bool TryAny(SelectorNode any)
    {
        // What earlier elements satisfied is put aside, for a repeated name within this one must not undo it.
        var own = truths.Slice(any.FirstCondition, any.ConditionCount);
        Span<bool> before = stackalloc bool[own.Length];
        own.CopyTo(before);
        own.Clear();
        var good = TryValue(any);
        for (var i = 0; i < own.Length; i++)
        {
            own[i] |= before[i];
        }

        return good;
    }

    private static SelectorNode? Find(SelectorNode node, ReadOnlySpan<byte> name, bool escaped)
    {
        foreach (var child in node.Keys)
        {
            if (escaped ? JsonString.Equals(name, child.Key) : name.SequenceEqual(child.Key))
            {
                return child;
            }
        }

        return null;
    }
}
