namespace RankNas.Tool.Arguments;

/// <summary>Work that knows of no cancellation, such as reading a large file: a cancelled command does not wait for it.</summary>
internal static class Interruptible
{
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken);
}
