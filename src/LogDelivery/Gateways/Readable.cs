namespace LogDelivery.Gateways;

/// <summary>
/// The result of a read that AWS may deny: a value, the certainty that it does not exist, or an error. A denied read is
/// never treated as "does not exist".
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class Readable<T> : IReadable
    where T : class
{
    internal Readable(T? value, AwsCallException? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; <see langword="null"/> when it does not exist or could not be read.</summary>
    public T? Value { get; }

    /// <summary>The error that kept the value from being read; <see langword="null"/> when it was read.</summary>
    public AwsCallException? Error { get; }

    /// <summary>Whether the value certainly does not exist.</summary>
    public bool IsMissing => Value is null && Error is null;

    /// <summary>Whether it may not be read.</summary>
    public bool IsUnreadable => Error is not null;

    /// <summary>The IAM action that the caller lacks; <see langword="null"/> unless that is why there is no answer.</summary>
    public string? MissingPermission => Error?.MissingPermission;

    /// <summary>The same answer about a part of the value.</summary>
    /// <typeparam name="TPart">The part's type.</typeparam>
    /// <param name="select">Takes the part; <see langword="null"/> where the value has none.</param>
    public Readable<TPart> Select<TPart>(Func<T, TPart?> select)
        where TPart : class
    {
        ArgumentNullException.ThrowIfNull(select);
        return new(Value is null ? null : select(Value), Error);
    }
}

/// <summary>The part of an answer that does not depend on the type of its value.</summary>
internal interface IReadable
{
    /// <summary>The IAM action that the caller lacks; <see langword="null"/> unless that is why there is no answer.</summary>
    string? MissingPermission { get; }
}

/// <summary>Creates <see cref="Readable{T}"/> values.</summary>
internal static class Readable
{
    /// <summary>Creates the answer with a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static Readable<T> Found<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, null);
    }

    /// <summary>Creates the answer that the value does not exist.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Readable<T> Missing<T>()
        where T : class => new(null, null);

    /// <summary>Creates the answer that the value could not be read.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="error">The error.</param>
    public static Readable<T> Unreadable<T>(AwsCallException error)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(null, error);
    }

    /// <summary>
    /// Makes a call, and converts "not found" and "access denied" into results. All other failures, such as throttling and
    /// time-outs, remain exceptions.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="ask">The call; it returns <see langword="null"/> when the value does not exist.</param>
    public static async Task<Readable<T>> AskAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(ask);
        try
        {
            return new(await ask().ConfigureAwait(false), null);
        }
        catch (AwsCallException exception) when (exception.Kind == AwsErrorKind.NotFound)
        {
            return Missing<T>();
        }
        catch (AwsCallException exception) when (exception.Kind == AwsErrorKind.AccessDenied)
        {
            return Unreadable<T>(exception);
        }
    }
}
