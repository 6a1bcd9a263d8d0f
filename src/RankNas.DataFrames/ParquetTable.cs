using Parquet;
using Parquet.Schema;

namespace RankNas.DataFrames;

/// <summary>A table of scores as Parquet.</summary>
internal static class ParquetTable
{
    /// <summary>Writes the columns as one row group.</summary>
    public static async Task WriteAsync(
        IReadOnlyList<ScoreColumn> columns, IReadOnlyDictionary<string, string> metadata, Stream stream, CancellationToken cancellationToken)
    {
        DataField[] fields = [.. columns.Select(FieldOf)];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = metadata;
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((ScoreColumn column, DataField field) in columns.Zip(fields))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteAsync(group, column, field).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What made the scores, for the file's metadata.</summary>
    public static Dictionary<string, string> MetadataOf(SearchResult result)
    {
        Dictionary<string, string> metadata = [];
        foreach (SearchSetting setting in result.Settings)
        {
            metadata[$"ranknas.{setting.Name}"] = setting.Value;
        }

        return metadata;
    }

    private static DataField FieldOf(ScoreColumn column) => new(
        column.Name,
        column switch
        {
            ScoreColumn.Words => typeof(string),
            ScoreColumn.Numbers => typeof(double),
            ScoreColumn.Counts => typeof(long),
            ScoreColumn.Facts => typeof(bool),
            _ => throw new NotSupportedException(column.GetType().Name),
        },
        isNullable: true);

    private static Task WriteAsync(ParquetRowGroupWriter group, ScoreColumn column, DataField field) => column switch
    {
        ScoreColumn.Words words => group.WriteAsync(field, words.Values!),
        ScoreColumn.Numbers numbers => group.WriteAsync<double>(field, numbers.Values.AsMemory()),
        ScoreColumn.Counts counts => group.WriteAsync<long>(field, counts.Values.AsMemory()),
        ScoreColumn.Facts facts => group.WriteAsync<bool>(field, facts.Values.AsMemory()),
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
