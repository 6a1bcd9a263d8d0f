using System.Runtime.InteropServices;
using RankNas.Files;

namespace RankNas.Tool;

/// <summary>What went wrong: one line for people, and the exit code.</summary>
internal sealed record Failure(int ExitCode, string Message, Exception Exception)
{
    private const string TraceVariable = "RANKNAS_TRACE";

    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [{ } only] } => Of(only),
        UsageException => new Failure(Tool.ExitCode.WrongArguments, exception.Message, exception),
        OutOfMemoryException or InsufficientExecutionStackException => Failed(
            "out of memory: write a smaller --batch, or fewer --workers.", exception),
        ExternalException external when external.Message.Contains("allocate memory", StringComparison.Ordinal) => Failed(
            "out of memory: write a smaller --batch, or fewer --workers.", exception),
        IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException and not ObjectDisposedException =>
            Failed(exception.Message, exception),
        _ when IsOfTheLibrary(exception) => Failed(exception.Message, exception),
        _ => Failed($"internal error: {exception.GetType().Name}: {ErrorText.FirstLineOf(exception)} Set {TraceVariable}=1 for the stack trace.", exception),
    };

    public void Write(TextWriter errors)
    {
        errors.WriteLine($"ranknas: {ShownText.OneLine(Message)}");
        if (ExitCode == Tool.ExitCode.Failed && Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 } and not "0")
        {
            errors.WriteLine(Exception.ToString());
        }
    }

    // The public exceptions of RankNas's own are written for people.
    private static bool IsOfTheLibrary(Exception exception) => exception.GetType().IsPublic
        && exception.GetType().Assembly.GetName().Name?.StartsWith(nameof(RankNas), StringComparison.Ordinal) == true;

    private static Failure Failed(string message, Exception exception) => new(Tool.ExitCode.Failed, message, exception);
}
