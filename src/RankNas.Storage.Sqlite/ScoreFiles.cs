using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace RankNas;

/// <summary>Scores as files to look at, keep and pass on: CSV or JSON lines, compressed where the name ends in <c>.gz</c>.</summary>
public static class ScoreFiles
{
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes all scores of a store to a file, which appears whole or not at all.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">A file whose name ends in <c>.csv</c>, <c>.jsonl</c>, <c>.csv.gz</c> or <c>.jsonl.gz</c>; one that is there is replaced.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>How many scores were written.</returns>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    public static async Task<int> ExportAsync(this IScoreStore store, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        bool isCsv = IsCsv(path);
        string unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            int count;
            Stream file = File.Create(unfinished);
            await using (file.ConfigureAwait(false))
            {
                Stream stream = IsCompressed(path) ? new GZipStream(file, CompressionLevel.SmallestSize) : file;
                await using ConfiguredAsyncDisposable streamEnd = stream.ConfigureAwait(false);
                var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
                await using ConfiguredAsyncDisposable writerEnd = writer.ConfigureAwait(false);
                count = await (isCsv ? WriteCsvAsync(store, writer, cancellationToken) : WriteJsonLinesAsync(store, writer, cancellationToken))
                    .ConfigureAwait(false);
            }

            File.Move(unfinished, path, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Adds the scores of a file to a store, all or none; scores that are there already stay as they are.</summary>
    /// <inheritdoc cref="ExportAsync"/>
    /// <returns>How many scores the file has.</returns>
    /// <exception cref="InvalidDataException">The file is no such file; the message has the line.</exception>
    public static async Task<int> ImportAsync(this IScoreStore store, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        bool isCsv = IsCsv(path);
        List<StoredScore> scores;
        try
        {
            using Stream file = File.OpenRead(path);
            using Stream stream = IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            scores = isCsv ? ReadCsv(reader, path, cancellationToken) : ReadJsonLines(reader, path, cancellationToken);
        }
        catch (InvalidDataException exception) when (exception.InnerException is null)
        {
            throw new InvalidDataException($"'{path}' is not compressed as its name says: {exception.Message}", exception);
        }

        await store.AddAsync(scores, cancellationToken).ConfigureAwait(false);
        return scores.Count;
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

    private static async Task<int> WriteCsvAsync(IScoreStore store, StreamWriter writer, CancellationToken cancellationToken)
    {
        int count = 0;
        var csv = new CsvWriter(writer, Csv, leaveOpen: true);
        await using ConfiguredAsyncDisposable csvEnd = csv.ConfigureAwait(false);
        csv.WriteHeader<ScoreRecord>();
        await csv.NextRecordAsync().ConfigureAwait(false);
        await foreach (StoredScore score in store.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            csv.WriteRecord(ScoreRecord.Of(score));
            await csv.NextRecordAsync().ConfigureAwait(false);
            count++;
        }

        return count;
    }

    private static async Task<int> WriteJsonLinesAsync(IScoreStore store, StreamWriter writer, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (StoredScore score in store.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(ScoreRecord.Of(score), StoreJson.Default.ScoreRecord)).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    private static List<StoredScore> ReadCsv(StreamReader reader, string path, CancellationToken cancellationToken)
    {
        var scores = new List<StoredScore>();
        using var csv = new CsvReader(reader, Csv, leaveOpen: true);
        try
        {
            while (csv.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (csv.Parser.Row == 1)
                {
                    csv.ReadHeader();
                    csv.ValidateHeader<ScoreRecord>();
                    continue;
                }

                scores.Add(csv.GetRecord<ScoreRecord>().ToStoredScore());
            }
        }
        catch (Exception exception) when (exception is CsvHelperException or FormatException or OverflowException or ArgumentException)
        {
            throw Malformed(path, csv.Parser.RawRow, exception);
        }

        return scores;
    }

    private static List<StoredScore> ReadJsonLines(StreamReader reader, string path, CancellationToken cancellationToken)
    {
        var scores = new List<StoredScore>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                ScoreRecord record = JsonSerializer.Deserialize(line, StoreJson.Default.ScoreRecord) ?? throw new FormatException("null is no score");
                scores.Add(record.ToStoredScore());
            }
            catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or ArgumentException)
            {
                throw Malformed(path, number, exception);
            }
        }

        return scores;
    }

    private static InvalidDataException Malformed(string path, int line, Exception exception) =>
        new($"'{path}' is no file of scores: line {line}: {exception.Message.Split('\n')[0].Trim()}. Nothing was imported.", exception);
}
