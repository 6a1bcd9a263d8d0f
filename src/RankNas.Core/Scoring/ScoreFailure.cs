using RankNas.Files;

namespace RankNas.Scoring;

/// <summary>Makes failed scores of what went wrong.</summary>
internal static class ScoreFailure
{
    // As the allocators of libtorch, CUDA and C++ word it.
    private static readonly string[] MemoryMessages =
    [
        "not enough memory", "out of memory", "can't allocate memory", "cannot allocate memory", "bad_alloc", "ALLOC_FAILED",
    ];

    /// <summary>Makes a failed score of an exception; what a proxy says that it did not see stands by itself.</summary>
    /// <param name="what">What failed.</param>
    /// <param name="exception">Why.</param>
    public static Score Of(string what, Exception exception) => exception is ProxyNotApplicableException && !string.IsNullOrWhiteSpace(exception.Message)
        ? Score.Failed(exception.Message)
        : Score.Failed($"{what}: {TextOf(exception)}", IsForWantOfMemory(exception));

    // What TorchSharp says of it leaves people at a loss, and modules that keep a mask or the like meet it often.
    private static string TextOf(Exception exception)
    {
        string line = ErrorText.FirstLineOf(exception);
        return line.Contains("empty handle", StringComparison.Ordinal)
            ? $"{line} (a tensor was disposed: one that is kept from one pass to the next needs DetachFromDisposeScope())"
            : line;
    }

    /// <summary>Tells whether memory ran out: another time there may be more.</summary>
    public static bool IsForWantOfMemory(Exception exception) =>
        exception is OutOfMemoryException
        || MemoryMessages.Any(message => exception.Message.Contains(message, StringComparison.OrdinalIgnoreCase))
        || (exception is AggregateException several ? several.InnerExceptions.Any(IsForWantOfMemory) : exception.InnerException is { } cause && IsForWantOfMemory(cause));
}
