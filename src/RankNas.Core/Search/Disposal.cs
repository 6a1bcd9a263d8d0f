namespace RankNas.Search;

/// <summary>Disposes one after another, each of them whatever another throws.</summary>
internal static class Disposal
{
    /// <summary>Disposes all.</summary>
    /// <param name="owned">What to dispose, in this order; null is passed over.</param>
    /// <exception cref="Exception">The only one that was thrown; where there were several, an <see cref="AggregateException"/> of them.</exception>
    public static async ValueTask AllAsync(params IAsyncDisposable?[] owned)
    {
        List<Exception> failures = [];
        foreach (IAsyncDisposable? disposable in owned)
        {
            try
            {
                if (disposable is not null)
                {
                    await disposable.DisposeAsync().ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // It is thrown again when all are disposed.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures.Add(exception);
            }
        }

        if (failures is [var only])
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(only);
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Several parts of the search failed as they were closed.", failures);
        }
    }

    /// <summary>Uses something and disposes it, whatever happens; the error of its use comes before that of its disposal, which is then let go.</summary>
    /// <param name="owned">What is used.</param>
    /// <param name="use">Its use.</param>
    public static async Task<TResult> UsingAsync<TOwned, TResult>(TOwned owned, Func<TOwned, Task<TResult>> use)
        where TOwned : IAsyncDisposable
    {
        TResult result;
        try
        {
            result = await use(owned).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await AfterErrorAsync(exception, owned).ConfigureAwait(false);
            throw;
        }

        await owned.DisposeAsync().ConfigureAwait(false);
        return result;
    }

    /// <summary>Disposes after an error, whose data has what the disposal throws.</summary>
    public static async ValueTask AfterErrorAsync(Exception error, params IAsyncDisposable?[] owned)
    {
        try
        {
            await AllAsync(owned).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The error that led here matters more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error.Data["RankNas.DisposalFailure"] = exception.ToString();
        }
    }
}
