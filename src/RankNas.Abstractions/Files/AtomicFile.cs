using System.Collections.Concurrent;
using System.Text;

namespace RankNas.Files;

/// <summary>Writes files that appear whole or not at all.</summary>
/// <remarks>A symbolic link is followed, and stays; a file that is there keeps its mode; a device, a pipe or a folder is never replaced.</remarks>
internal static class AtomicFile
{
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new();

    /// <summary>Writes to a file beside the wanted one, has the disk keep it, and gives it the wanted name, replacing what was there.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">It is no file, or cannot be written; what was there is kept.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        (string target, string unfinished) = Prepare(path);
        try
        {
            using (FileStream stream = Create(unfinished))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Finish(unfinished, target);
        }
        catch (Exception exception)
        {
            GiveUp(unfinished, path, exception);
            throw;
        }
    }

    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        (string target, string unfinished) = Prepare(path);
        try
        {
            FileStream stream = Create(unfinished);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            Finish(unfinished, target);
        }
        catch (Exception exception)
        {
            GiveUp(unfinished, path, exception);
            throw;
        }
    }

    /// <summary>Writes a text in UTF-8.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteText(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Deletes what is being written at the moment, for a process that ends at once.</summary>
    public static void RemoveUnfinished()
    {
        foreach (string unfinished in Unfinished.Keys)
        {
            Remove(unfinished);
        }
    }

    // Throws in the exception's place where there are better words for it.
    private static void GiveUp(string unfinished, string path, Exception exception)
    {
        Remove(unfinished);
        if (Explain(exception, path, unfinished) is { } explained)
        {
            throw explained;
        }
    }

    private static (string Target, string Unfinished) Prepare(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (FileKinds.Of(path) is var kind and not (FileKind.None or FileKind.File))
        {
            throw new IOException($"'{Shown(path)}' is {FileKinds.Name(kind)}, not a file: name a file to write.");
        }

        string target = SymbolicLinks.Follow(path) ?? throw new IOException($"'{Shown(path)}' is a symbolic link that leads nowhere: name a file to write.");
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"'{Shown(path)}' is no file: name one to write.");
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{Shown(folder)}' for '{Shown(Path.GetFileName(target))}': make it first, or name another.");
        }

        RequireWritable(target, path);

        // A name of its own, since the file's may be as long as names can be.
        return (target, Path.Combine(folder, $".{Path.GetRandomFileName()}.unfinished"));
    }

    // Renaming over a file would not ask whether it may be written.
    private static void RequireWritable(string target, string path)
    {
        if (!File.Exists(target))
        {
            return;
        }

        try
        {
            File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"'{Shown(path)}' may not be written: give this user the right to write it, or name another.", exception);
        }
    }

    private static FileStream Create(string unfinished)
    {
        Unfinished[unfinished] = true;
        return new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
    }

    private static void Finish(string unfinished, string target)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(unfinished, File.GetUnixFileMode(target));
        }

        File.Move(unfinished, target, overwrite: true);
        Unfinished.TryRemove(unfinished, out _);
    }

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
            Unfinished.TryRemove(unfinished, out _);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell: with its folder gone or its disk failing, nothing more can be done.
        }
    }

    // In the words of the wanted file; null where the failure is the writer's own.
    private static Exception? Explain(Exception exception, string path, string unfinished) => exception switch
    {
        UnauthorizedAccessException => new UnauthorizedAccessException(
            $"'{Shown(path)}' cannot be written: this user may not write its folder. Name another.", exception),
        IOException => new IOException(
            $"'{Shown(path)}' cannot be written: {Reason(exception.Message, unfinished)}. What was there is kept.", exception),
        _ => null,
    };

    // .NET's messages end with the name of the file that nobody asked for.
    private static string Reason(string message, string unfinished) =>
        message.Replace($" : '{unfinished}'", "", StringComparison.Ordinal).TrimEnd('.');

    private static string Shown(string path) => ShownText.Of(path, ShownText.LineLength);
}
