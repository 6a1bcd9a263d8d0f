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
        DataField[] fields = [.. columns.Select(column => new DataField(column.Name, column.Type, isNullable: true))];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = metadata;
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((ScoreColumn column, DataField field) in columns.Zip(fields))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await column.WriteAsync(group, field).ConfigureAwait(false);
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
}
