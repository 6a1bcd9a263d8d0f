namespace RankNas.Tests;

/// <summary>A thread that starts as threads do, without anything that others have set for themselves.</summary>
internal static class NewThread
{
    /// <summary>Does something on such a thread, and waits for what comes of it.</summary>
    /// <exception cref="InvalidOperationException">It threw, which is the inner exception.</exception>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => { result = work(); }));
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException(failure.ToString(), failure);
    }
}
