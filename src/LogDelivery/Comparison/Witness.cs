using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>One representative of a class of one dimension: some parts of a request.</summary>
internal sealed class Witness
{
    public RequestPrincipal? Principal { get; init; }

    public string? Action { get; init; }

    public string? Resource { get; init; }

    /// <summary>Context keys in lower case.</summary>
    public List<(string Key, ContextValue Value)> Keys { get; init; } = [];

    /// <summary>The statements that can still match this witness.</summary>
    public StatementSet Matches { get; set; } = null!;

    /// <summary>Combines two partial requests.</summary>
    public Witness With(Witness other) => new()
    {
        Principal = Principal ?? other.Principal,
        Action = Action ?? other.Action,
        Resource = Resource ?? other.Resource,
        Keys = [.. Keys, .. other.Keys],
    };

    public RequestContext ToContext() => new(Keys.Select(k => KeyValuePair.Create(k.Key, k.Value)));
}

/// <summary>A set of statements, by their number in a comparison.</summary>
internal sealed class StatementSet : IEquatable<StatementSet>
{
    private readonly ulong[] words;

    public StatementSet(int count) => words = new ulong[(count + 63) / 64];

    private StatementSet(ulong[] words) => this.words = words;

    public bool this[int index]
    {
        get => (words[index / 64] & (1UL << (index % 64))) != 0;
        set => words[index / 64] = value ? words[index / 64] | (1UL << (index % 64)) : words[index / 64] & ~(1UL << (index % 64));
    }

    public bool IsEmpty => !words.AsSpan().ContainsAnyExcept(0UL);

    public static StatementSet All(int count)
    {
        var set = new StatementSet(count);
        for (var i = 0; i < count; i++)
        {
            set[i] = true;
        }

        return set;
    }

    public StatementSet And(StatementSet other)
    {
        var result = new ulong[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            result[i] = words[i] & other.words[i];
        }

        return new(result);
    }

    public bool Overlaps(StatementSet other)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if ((words[i] & other.words[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool Overlaps(StatementSet first, StatementSet second)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if ((words[i] & first.words[i] & second.words[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(StatementSet? other) => other is not null && words.AsSpan().SequenceEqual(other.words);

    public override bool Equals(object? obj) => Equals(obj as StatementSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var word in words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }
}
