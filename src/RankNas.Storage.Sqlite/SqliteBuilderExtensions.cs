using RankNas.Storage.Sqlite;

namespace RankNas;

/// <summary>The score store on the builder.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>Keeps scores in a file: the same search, started again, continues where it stopped. Several searches may share the file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">A SQLite file, created if it does not exist; its folder must exist.</param>
    public static TBuilder UseScoreStore<TBuilder>(this TBuilder builder, string path)
        where TBuilder : INasBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.UseScoreStore(async cancellationToken => await SqliteScoreStore.OpenAsync(path, cancellationToken).ConfigureAwait(false));
        return builder;
    }
}
