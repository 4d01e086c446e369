namespace LogDelivery.Aws.Clients;

/// <summary>Reads the pages of an operation that returns its results in parts.</summary>
internal static class Pages
{
    /// <summary>Calls an operation until a page has no token of a next one.</summary>
    /// <typeparam name="TPage">The output of the operation.</typeparam>
    /// <param name="call">Calls the operation with the token of a page; <see langword="null"/> for the first page.</param>
    /// <param name="nextToken">The token of the next page; <see langword="null"/> or empty on the last page.</param>
    public static async IAsyncEnumerable<TPage> ReadAsync<TPage>(Func<string?, Task<TPage>> call, Func<TPage, string?> nextToken)
    {
        string? token = null;
        do
        {
            var page = await call(token).ConfigureAwait(false);
            yield return page;
            token = nextToken(page);
        }
        while (!string.IsNullOrEmpty(token));
    }
}
