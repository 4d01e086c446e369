namespace LogDelivery.Policies;

/// <summary>
/// The context keys of a request: keys that are present, keys known to be absent, and unknown keys. Key names are
/// case-insensitive. Immutable.
/// </summary>
public sealed class RequestContext
{
    /// <summary>A context without keys: every key is absent.</summary>
    public static readonly RequestContext Empty = new([], ContextValue.Absent, []);

    private readonly Dictionary<string, ContextValue> entries;
    private readonly Dictionary<string, string> spellings = new(StringComparer.Ordinal);
    private readonly ContextValue unnamed;
    private readonly string[] absentPrefixes;

    /// <summary>Creates a context.</summary>
    /// <param name="entries">The known values by key. A key that appears twice, ignoring case, is an <see cref="ArgumentException"/>.</param>
    /// <param name="unnamed">The value of all other keys: <see cref="ContextValue.Absent"/> when <see langword="null"/>.</param>
    /// <param name="absentPrefixes">Beginnings of key names that are known to be absent, such as <c>aws:PrincipalTag/</c>.</param>
    public RequestContext(
        IEnumerable<KeyValuePair<string, ContextValue>> entries,
        ContextValue? unnamed = null,
        IEnumerable<string>? absentPrefixes = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        this.entries = new Dictionary<string, ContextValue>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            var lowerCaseKey = key.ToLowerInvariant();
            if (lowerCaseKey != key)
            {
                spellings[lowerCaseKey] = key;
            }

            if (!this.entries.TryAdd(lowerCaseKey, value))
            {
                throw new ArgumentException($"The context key '{key}' is given twice; key names are not case-sensitive.", nameof(entries));
            }
        }

        this.unnamed = unnamed ?? ContextValue.Absent;
        this.absentPrefixes = absentPrefixes?.Select(p => p.ToLowerInvariant()).ToArray() ?? [];
    }

    /// <summary>The keys that are named, in lower case.</summary>
    public IReadOnlyDictionary<string, ContextValue> Entries => entries;

    /// <summary>A key as it was spelled when the context was made.</summary>
    /// <param name="lowerCaseKey">The key in lower case.</param>
    public string SpellingOf(string lowerCaseKey) => spellings.GetValueOrDefault(lowerCaseKey, lowerCaseKey);

    /// <summary>Gets what is known about a key.</summary>
    /// <param name="key">The key's name in any case.</param>
    public ContextValue this[string key] => Find((key ?? throw new ArgumentNullException(nameof(key))).ToLowerInvariant());

    /// <summary>A copy in which one key is known otherwise.</summary>
    /// <param name="key">The key's name in any case.</param>
    /// <param name="value">The new value.</param>
    public RequestContext With(string key, ContextValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var lowerCaseKey = key.ToLowerInvariant();
        var others = entries.Where(e => e.Key != lowerCaseKey).Select(e => KeyValuePair.Create(SpellingOf(e.Key), e.Value));
        return new RequestContext(others.Append(KeyValuePair.Create(key, value)), unnamed, absentPrefixes);
    }

    internal ContextValue Find(string lowerCaseKey)
    {
        if (entries.TryGetValue(lowerCaseKey, out var value))
        {
            return value;
        }

        foreach (var prefix in absentPrefixes)
        {
            if (lowerCaseKey.StartsWith(prefix, StringComparison.Ordinal))
            {
                return ContextValue.Absent;
            }
        }

        return unnamed;
    }
}
