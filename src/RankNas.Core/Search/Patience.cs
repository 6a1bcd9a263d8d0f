namespace RankNas.Search;

/// <summary>Waits that end soon after a search has been cancelled, whatever they wait for.</summary>
internal static class Patience
{
    /// <summary>Waits for a task; once cancelled, for at most so long more.</summary>
    /// <param name="task">The task, which goes on by itself where it is waited for no longer.</param>
    /// <param name="grace">How long more.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The task did not end in time.</exception>
    public static async Task<T> WaitAsync<T>(Task<T> task, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (task.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return await task.ConfigureAwait(false);
        }

        using var late = new CancellationTokenSource();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => late.CancelAfter(grace));
        try
        {
            return await task.WaitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !task.IsCompleted)
        {
            // What it comes to later is of no account; that it fails is no news to anybody.
            _ = task.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>As the other, for a task without a result.</summary>
    public static async Task WaitAsync(Task task, TimeSpan grace, CancellationToken cancellationToken) =>
        await WaitAsync(WithResultAsync(task), grace, cancellationToken).ConfigureAwait(false);

    private static async Task<bool> WithResultAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}
