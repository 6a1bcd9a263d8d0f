using System.Reflection;

namespace RankNas.Files;

/// <summary>What people are told of an exception.</summary>
internal static class ErrorText
{
    /// <summary>Gets an exception's message in one line: libtorch's go on with a native stack trace, and the first line says it all.</summary>
    public static string FirstLineOf(Exception exception)
    {
        Exception cause = Unwrap(exception);
        return FirstLineOf(cause.Message) ?? cause.GetType().Name;
    }

    /// <summary>Gets the first line of a message that is not blank; null where there is none.</summary>
    public static string? FirstLineOf(string? message) =>
        message?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    // Their messages say that something failed, and not what.
    private static Exception Unwrap(Exception exception)
    {
        while (exception is AggregateException or TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
