using System.Globalization;

namespace RankNas.Fuzz;

/// <summary>A reader of strangers' input, and what it promises of every input.</summary>
/// <param name="Name">Its name on the command line and in the corpus.</param>
/// <param name="Read">Reads an input, and what was read once more where it can be written.</param>
/// <param name="Refusals">The exceptions that it documents for what it does not read.</param>
/// <param name="Seeds">Inputs that it reads, from which others are made.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Read, Type[] Refusals, IReadOnlyList<byte[]> Seeds)
{
    /// <summary>The longest input that is tried, in bytes.</summary>
    public const int MostBytes = 64 * 1024;

    // The largest is a reader's buffer; what grows with the input is a part of the second term.
    private const long MostAllocated = 64L << 20;
    private const long MostAllocatedForAByte = 4096;
    private const int LongestMessage = 8000;

    /// <summary>Gets what was found before: the files in <c>Corpus</c> and the target's name.</summary>
    public IReadOnlyList<byte[]> Finds => Directory.Exists(Path.Combine(AppContext.BaseDirectory, "Corpus", Name))
        ? [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
        : [];

    /// <summary>Reads an input. Ends without an exception where it is read, or refused in the documented way within the bounds of memory.</summary>
    /// <returns>The message of the refusal; null where the input was read.</returns>
    /// <exception cref="FuzzFailedException">The reader broke its promise.</exception>
    public string? Check(byte[] input)
    {
        string? refusal = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(input);
        }
        catch (Exception exception) when (Refusals.Contains(exception.GetType()))
        {
            refusal = exception.Message;
            if (string.IsNullOrWhiteSpace(refusal) || refusal.Length > LongestMessage || refusal.Any(char.IsControl))
            {
                throw new FuzzFailedException($"{Name}: the message of a {exception.GetType().Name} is empty, endless, or not one line that a terminal may show.", exception);
            }
        }
        catch (Exception exception) when (exception is not FuzzFailedException)
        {
            throw new FuzzFailedException($"{Name}: a {exception.GetType()} is not documented. {exception.Message}", exception);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostAllocated + (MostAllocatedForAByte * input.Length))
        {
            throw new FuzzFailedException(string.Create(CultureInfo.InvariantCulture, $"{Name}: {input.Length:N0} bytes took {allocated:N0} bytes of memory."));
        }

        return refusal;
    }
}
