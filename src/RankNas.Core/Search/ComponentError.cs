using RankNas.Constraints;
using RankNas.Files;
using RankNas.Torch;

namespace RankNas.Search;

/// <summary>Makes errors that name the part of a search that failed.</summary>
internal static class ComponentError
{
    /// <summary>Tells whether an exception of a part is passed on as it is: it is told from others by its type, and its message says what failed.</summary>
    public static bool IsClearByItself(Exception exception) => exception is SearchComponentException or NoAdmissibleArchitectureException
        or ArchitectureFormatException or ScoreStoreException or TorchRuntimeException;

    /// <summary>Names the part that threw.</summary>
    /// <param name="part">The part and what it did: <c>The aggregator 'rank-sum' failed</c>.</param>
    /// <param name="exception">What it threw.</param>
    public static SearchComponentException Of(string part, Exception exception) =>
        new($"{part}: {ErrorText.FirstLineOf(exception)}", exception);

    /// <summary>Calls a part, and names it where it throws.</summary>
    /// <param name="part">The part and what it did, asked for only where it threw.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">An <see cref="OperationCanceledException"/> after it was cancelled is passed on.</param>
    public static T Guard<T>(Func<string> part, Func<T> call, CancellationToken cancellationToken = default)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (!IsClearByItself(exception) && !IsCancelling(exception, cancellationToken))
        {
            throw Of(part(), exception);
        }
    }

    /// <summary>As <see cref="Guard"/>, for a call that is awaited.</summary>
    public static async Task<T> GuardAsync<T>(Func<string> part, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsClearByItself(exception) && !IsCancelling(exception, cancellationToken))
        {
            throw Of(part(), exception);
        }
    }

    /// <summary>Asks a part for what a search can do without: where it throws, the answer is another.</summary>
    /// <param name="call">The call.</param>
    /// <param name="otherwise">The other answer.</param>
    public static T Ask<T>(Func<T> call, T otherwise)
    {
        try
        {
            return call();
        }
#pragma warning disable CA1031 // The search is worth more than the answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return otherwise;
        }
    }

    private static bool IsCancelling(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
