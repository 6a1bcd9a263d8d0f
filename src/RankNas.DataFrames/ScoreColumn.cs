using Microsoft.Data.Analysis;
using Parquet;
using Parquet.Schema;

namespace RankNas.DataFrames;

/// <summary>A column of a table of scores: a value or nothing for each row.</summary>
/// <param name="Name">Its name, of which the table has no other.</param>
/// <param name="Type">The type of its values.</param>
internal abstract record ScoreColumn(string Name, Type Type)
{
    /// <summary>Makes the column of a data frame.</summary>
    public abstract DataFrameColumn ToDataFrameColumn();

    /// <summary>Writes the values to a Parquet file.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field);

    public sealed record Words(string Name, string?[] Values) : ScoreColumn(Name, typeof(string))
    {
        public override DataFrameColumn ToDataFrameColumn() => new StringDataFrameColumn(Name, Values);

        public override Task WriteAsync(ParquetRowGroupWriter group, DataField field) => group.WriteAsync(field, Values!);
    }

    public sealed record Numbers(string Name, double?[] Values) : ScoreColumn(Name, typeof(double))
    {
        public override DataFrameColumn ToDataFrameColumn() => new DoubleDataFrameColumn(Name, Values);

        public override Task WriteAsync(ParquetRowGroupWriter group, DataField field) => group.WriteAsync<double>(field, Values.AsMemory());
    }

    public sealed record Counts(string Name, long?[] Values) : ScoreColumn(Name, typeof(long))
    {
        public override DataFrameColumn ToDataFrameColumn() => new Int64DataFrameColumn(Name, Values);

        public override Task WriteAsync(ParquetRowGroupWriter group, DataField field) => group.WriteAsync<long>(field, Values.AsMemory());
    }

    public sealed record Facts(string Name, bool?[] Values) : ScoreColumn(Name, typeof(bool))
    {
        public override DataFrameColumn ToDataFrameColumn() => new BooleanDataFrameColumn(Name, Values);

        public override Task WriteAsync(ParquetRowGroupWriter group, DataField field) => group.WriteAsync<bool>(field, Values.AsMemory());
    }
}
