using System.Globalization;
using System.IO.Compression;
using System.Text;
using RankNas.Storage.Sqlite;

namespace RankNas;

/// <summary>Exports and imports scores: CSV or JSON lines, compressed if the name ends in <c>.gz</c>.</summary>
public static class ScoreStoreExtensions
{
    /// <summary>How many bytes a file of scores may unpack to: ten million scores are about two thousand million bytes.</summary>
    private const long MostBytes = 1L << 32;

    private const int BufferCharacters = 32 * 1024;

    /// <summary>Writes all scores of a store to a file, atomically.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">A file whose name ends in <c>.csv</c>, <c>.jsonl</c>, <c>.csv.gz</c> or <c>.jsonl.gz</c>; an existing file is replaced.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>How many scores were written.</returns>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is kept.</exception>
    public static async Task<int> ExportAsync(this IScoreStore store, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        bool isCsv = IsCsv(path);
        int count = 0;
        await AtomicFile.WriteAsync(path, async file =>
        {
            if (!IsCompressed(path))
            {
                count = await WriteAsync(store, file, isCsv, cancellationToken).ConfigureAwait(false);
                return;
            }

            var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            await using (packed.ConfigureAwait(false))
            {
                count = await WriteAsync(store, packed, isCsv, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return count;
    }

    /// <summary>Adds the scores of a file to a store, all or none; existing scores are not replaced.</summary>
    /// <remarks>The file is in UTF-8, with any line ending. Gzip is detected by content, not by name.</remarks>
    /// <param name="store">The store.</param>
    /// <param name="path">A file whose name ends in <c>.csv</c>, <c>.jsonl</c>, <c>.csv.gz</c> or <c>.jsonl.gz</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>How many scores the file has.</returns>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not such a file, is truncated, or has a duplicate score; the message has the line.</exception>
    public static async Task<int> ImportAsync(this IScoreStore store, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        bool isCsv = IsCsv(path);
        using TextInput text = TextInput.Open(path, "a CSV or JSON lines file of scores", MostBytes);
        try
        {
            int count = 0;
            IEnumerable<StoredScore> scores = Distinct(isCsv ? ScoreRows.ReadCsv(text) : ScoreRows.ReadJsonLines(text), text, cancellationToken)
                .Select(score => (count++, score).score);
            if (store is SqliteScoreStore file)
            {
                await file.AddAllAsync(scores, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await store.AddAsync([.. scores], cancellationToken).ConfigureAwait(false);
            }

            return count;
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException(
                $"'{ShownText.Of(path, ShownText.LineLength)}' is no file of scores: {exception.Message.TrimEnd('.')}. Nothing was imported.", exception);
        }
    }

    private static IEnumerable<StoredScore> Distinct(IEnumerable<StoredScore> scores, TextInput text, CancellationToken cancellationToken)
    {
        var known = new HashSet<ScoreKey>();
        foreach (StoredScore score in scores)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return known.Add(score.Key)
                ? score
                : throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"before line {text.Line}: the score of '{ShownText.Of(score.Key.Architecture, ShownText.LineLength)}' by {ShownText.Of(score.Key.Proxy)} is in it twice"));
        }
    }

    private static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsCsv(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string name = IsCompressed(path) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".CSV" => true,
            ".JSONL" => false,
            _ => throw new ArgumentException($"'{path}' should end in .csv, .jsonl, .csv.gz or .jsonl.gz.", nameof(path)),
        };
    }

    private static async Task<int> WriteAsync(IScoreStore store, Stream stream, bool isCsv, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferCharacters, leaveOpen: true) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            return await WriteAsync(store, writer, isCsv, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> WriteAsync(IScoreStore store, StreamWriter writer, bool isCsv, CancellationToken cancellationToken)
    {
        int count = 0;
        if (isCsv)
        {
            await writer.WriteLineAsync(ScoreRows.CsvHeader.AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        await foreach (StoredScore score in store.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            string line = isCsv ? ScoreRows.ToCsv(score) : ScoreRows.ToJson(score);
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }
}
