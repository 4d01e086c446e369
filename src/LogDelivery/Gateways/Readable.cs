namespace LogDelivery.Gateways;

/// <summary>
/// The answer to a question that may be refused: a value, the certainty that there is none, or no answer. A refusal is never
/// taken for "there is none".
/// </summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class Readable<T> : IReadable
    where T : class
{
    internal Readable(T? value, AwsCallException? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; <see langword="null"/> when there is none or it may not be read.</summary>
    public T? Value { get; }

    /// <summary>The error that kept the value from being read; <see langword="null"/> when it was read.</summary>
    public AwsCallException? Error { get; }

    /// <summary>Whether it is certain that there is none.</summary>
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

/// <summary>Makes <see cref="Readable{T}"/>s.</summary>
public static class Readable
{
    /// <summary>The value was read.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="value">The value.</param>
    public static Readable<T> Found<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, null);
    }

    /// <summary>It is certain that there is none.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    public static Readable<T> Missing<T>()
        where T : class => new(null, null);

    /// <summary>It may not be read.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="error">Why.</param>
    public static Readable<T> Unreadable<T>(AwsCallException error)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(null, error);
    }

    /// <summary>
    /// Asks, and turns "not found" and "denied" into answers. Everything else, throttling and time-outs among them, says
    /// nothing about what was asked and stays an exception.
    /// </summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="ask">The call; <see langword="null"/> from it means that there is none.</param>
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
