using System.Collections.Concurrent;

namespace LogDelivery.Gateways;

/// <summary>
/// Caches a call that several callers make, such as reading the policy of a bucket that a thousand trails write to.
/// Failures are not cached.
/// </summary>
internal sealed class Memo<T>
{
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> answers = new(StringComparer.Ordinal);

    public async Task<T> GetAsync(string key, Func<Task<T>> ask)
    {
        var answer = answers.GetOrAdd(key, _ => new(ask));
        try
        {
            return await answer.Value.ConfigureAwait(false);
        }
        catch
        {
            answers.TryRemove(KeyValuePair.Create(key, answer));
            throw;
        }
    }
}
