using System.Text;
using DuckDB.NET.Data;
using RankNas.Core.Tests.Support;
using RankNas.Plotting.Tests.Support;
using RankNas.Scores;

namespace RankNas.DataFrames.Tests;

/// <summary>What is written is read by DuckDB, which has nothing in common with the writer.</summary>
public sealed class ParquetExtensionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("scores.parquet");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SaveParquet_DuckDbReadsTheTypesAndEveryValue()
    {
        SearchResult result = await ExampleResults.Topology(100, (place, proxy) => proxy == "a" ? Score.Of(Math.Sin(place) / 3) : Score.Of(place % 7), "a", "low");
        await result.SaveParquetAsync(File, TestContext.Current.CancellationToken);

        Query("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM $FILE)").Select(row => $"{row[0]} {row[1]}").Should().Equal(
            "rank BIGINT", "architecture VARCHAR", "rank-sum DOUBLE", "a DOUBLE", "a-rank DOUBLE", "low DOUBLE", "low-rank DOUBLE", "parameters BIGINT", "macs BIGINT",
            "evaluation BIGINT", "seconds DOUBLE", "from-store BOOLEAN", "failures VARCHAR");
        Query("SELECT * FROM $FILE").Should().BeEquivalentTo(
            result.Ranked.Select(scored => new object?[]
            {
                (long)scored.Rank, scored.Architecture.Text, scored.Total, scored.Scores[0].Value, scored.Ranks[0], scored.Scores[1].Value, scored.Ranks[1],
                result.CostOf(scored).Parameters, result.CostOf(scored).Macs, (long)result.History.IndexOf(scored) + 1, 0.5, false, null,
            }),
            options => options.WithStrictOrdering());
        Query("""SELECT avg(a), max(parameters) FROM $FILE WHERE "a-rank" <= 10""")[0][1].Should().BeOfType<long>();
    }

    [Fact]
    public async Task SaveParquet_WhatIsNoNumber_IsNull_InfinityIsItself_AndReasonsAreText()
    {
        SearchResult result = await ExampleResults.Topology(3, (place, _) => place switch
        {
            0 => Score.Failed("Es ging „nicht“,\nleider: ∞"),
            1 => Score.Of(double.PositiveInfinity),
            _ => Score.Of(1),
        }, "a");
        await result.SaveParquetAsync(File, TestContext.Current.CancellationToken);
        Query("SELECT a, failures FROM $FILE ORDER BY evaluation").Should().BeEquivalentTo(
            new object?[][] { [null, "a: Es ging „nicht“,\nleider: ∞"], [double.PositiveInfinity, null], [1.0, null] }, options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task SaveParquet_HostileNames_AreKeptAsTheyAre()
    {
        SearchResult result = await ExampleResults.Hostile();
        await result.SaveParquetAsync(File, TestContext.Current.CancellationToken);
        Query("SELECT column_name FROM (DESCRIBE SELECT * FROM $FILE)").Select(row => row[0]).Should().Contain(ExampleResults.HostileId);
        Query("SELECT architecture FROM $FILE").Should().HaveCount(3).And.OnlyContain(row => ((string)row[0]!).StartsWith(HostileSpace.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public async Task SaveParquet_AColumnsName_MayHaveAnySign(string proxy)
    {
        SearchResult result = await ExampleResults.Topology(2, (place, _) => Score.Of(place), proxy);
        await result.SaveParquetAsync(File, TestContext.Current.CancellationToken);
        Query($"""SELECT "{proxy}" FROM $FILE""").Select(row => row[0]).Should().Equal(1.0, 0.0);
    }

    [Fact]
    public async Task SaveParquet_TheFileSaysWhatMadeIt()
    {
        SearchResult result = await ExampleResults.Topology(2, (_, _) => Score.Of(1), "a");
        await result.SaveParquetAsync(File, TestContext.Current.CancellationToken);
        Dictionary<string, string> metadata = Query("SELECT key, value FROM parquet_kv_metadata($FILE)").ToDictionary(row => TextOf(row[0]), row => TextOf(row[1]));
        metadata.Should().Contain(result.Settings.Select(setting => KeyValuePair.Create($"ranknas.{setting.Name}", setting.Value))).And.ContainKey("ranknas.seed");
    }

    [Fact]
    public async Task SaveParquet_OfNothing_HasColumnsAndNoRow()
    {
        await (await ExampleResults.Empty()).SaveParquetAsync(File, TestContext.Current.CancellationToken);
        Query("SELECT * FROM $FILE").Should().BeEmpty();
    }

    [Fact]
    public async Task SaveParquet_Cancelled_KeepsWhatWasThere()
    {
        await System.IO.File.WriteAllTextAsync(File, "before", TestContext.Current.CancellationToken);
        SearchResult result = await ExampleResults.Topology(2, (_, _) => Score.Of(1), "a");
        Func<Task> save = () => result.SaveParquetAsync(File, new CancellationToken(canceled: true));
        await save.Should().ThrowAsync<OperationCanceledException>();
        (await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Should().Be("before");
        Directory.GetFiles(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public async Task SaveParquet_WhereThereIsNoFolder_SaysSo()
    {
        SearchResult result = await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a");
        Func<Task> save = () => result.SaveParquetAsync(_folder.File("none/scores.parquet"));
        await save.Should().ThrowAsync<DirectoryNotFoundException>().WithMessage("There is no folder '*none'*");
    }

    [Fact]
    public async Task WriteParquet_ToAStreamThatCannotSeek_WritesTheSameBytes_AndLeavesItOpen()
    {
        SearchResult result = await ExampleResults.Topology(2, (_, _) => Score.Of(1), "a");
        await result.SaveParquetAsync(File, TestContext.Current.CancellationToken);
        using var target = new MemoryStream();
        await using (var sent = new System.IO.Compression.BrotliStream(target, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await result.WriteParquetAsync(sent, TestContext.Current.CancellationToken);
            sent.CanWrite.Should().BeTrue();
        }

        target.Position = 0;
        using var received = new MemoryStream();
        await using (var reader = new System.IO.Compression.BrotliStream(target, System.IO.Compression.CompressionMode.Decompress))
        {
            await reader.CopyToAsync(received, TestContext.Current.CancellationToken);
        }

        received.ToArray().Should().Equal(await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken));
        Func<Task> toReader = () => result.WriteParquetAsync(new MemoryStream([], writable: false));
        await toReader.Should().ThrowAsync<ArgumentException>().WithMessage("The stream cannot be written*");
    }

    private static string TextOf(object? value) => value is Stream stream ? Encoding.UTF8.GetString(BytesOf(stream)) : value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string)value!;

    private static byte[] BytesOf(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private List<object?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql.Replace("$FILE", $"'{File}'", StringComparison.Ordinal);
        using DuckDBDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : Copied(reader.GetValue(column)))]);
        }

        return rows;
    }

    // A stream into the database's memory ends with the reader.
    private static object Copied(object value) => value is Stream stream ? BytesOf(stream) : value;
}
