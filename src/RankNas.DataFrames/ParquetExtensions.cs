using RankNas.DataFrames;
using RankNas.Files;

namespace RankNas;

/// <summary>Writes scores as Parquet, which pandas, Polars, DuckDB, Spark and R read.</summary>
public static class ParquetExtensions
{
    /// <summary>Saves everything that a search scored as a Parquet file.</summary>
    /// <remarks>
    /// The rows and columns are those of <see cref="DataFrameExtensions.ToDataFrame(SearchResult)"/>. The file's key-value metadata has every setting of the search
    /// (<see cref="SearchResult.Settings"/>), each after <c>ranknas.</c>, such as <c>ranknas.seed</c>.
    /// </remarks>
    /// <param name="result">The result.</param>
    /// <param name="path">The file. It is written atomically; an existing file is replaced.</param>
    /// <param name="cancellationToken">Cancels; an existing file is then kept.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task SaveParquetAsync(this SearchResult result, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        await AtomicFile.WriteAsync(path, file => result.WriteParquetAsync(file, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Writes what <see cref="SaveParquetAsync"/> saves to a stream, which stays open.</summary>
    /// <param name="result">The result.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The stream cannot be written.</exception>
    public static async Task WriteParquetAsync(this SearchResult result, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written: open it for writing.", nameof(stream));
        }

        // A Parquet writer seeks; streams of a network do not.
        using var file = new MemoryStream();
        await ParquetTable.WriteAsync(ScoreColumns.Of(result), ParquetTable.MetadataOf(result), file, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        await file.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
