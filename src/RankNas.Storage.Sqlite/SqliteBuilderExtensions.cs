using RankNas.Storage.Sqlite;

namespace RankNas;

/// <summary>The score store on the builder.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>Keeps scores in a file: the same search, started again, goes on where it stopped, and several may share the file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">A SQLite file, made where there is none; its folder must exist.</param>
    public static TBuilder UseScoreStore<TBuilder>(this TBuilder builder, string path)
        where TBuilder : INasBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.UseScoreStore(async cancellationToken => await SqliteScoreStore.OpenAsync(path, cancellationToken).ConfigureAwait(false));
        return builder;
    }
}
