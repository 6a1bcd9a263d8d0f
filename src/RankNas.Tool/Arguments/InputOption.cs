using RankNas.Files;

namespace RankNas.Tool.Arguments;

/// <summary>Reads what an option names: a path that leads to nothing readable is a wrong argument, a file that holds something else a failure.</summary>
internal static class InputOption
{
    /// <exception cref="UsageException">There is no such file, it may not be read, or it lacks a column that was named.</exception>
    /// <exception cref="InvalidDataException">The file is not what it should be, or cannot be read to its end.</exception>
    public static T Read<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            or InvalidDataException { InnerException: MissingColumnException })
        {
            throw new UsageException($"{option}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new InvalidDataException($"{option}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc cref="Read{T}"/>
    public static void Read(string option, Action read) => Read(option, () =>
    {
        read();
        return true;
    });
}
