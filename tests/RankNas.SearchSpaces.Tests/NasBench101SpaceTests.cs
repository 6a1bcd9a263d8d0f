using System.Globalization;
using System.IO.Compression;
using CsCheck;
using RankNas.Graphs;

namespace RankNas.SearchSpaces.Tests;

public class NasBench101SpaceTests
{
    private static readonly NasBench101Space Space = new();

    [Fact]
    public void FromIndex_EveryArchitecture_IsTheBenchmarksWithItsParameters()
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(TestData.Path("nb101-accuracy.csv.gz")), CompressionMode.Decompress));
        lines.ReadLine();
        (string Text, long Parameters)[] rows = [.. Lines(lines).Select(RowOf)];
        rows.Should().HaveCount(423_624);
        int step = Environment.GetEnvironmentVariable("RANKNAS_THOROUGH") is { Length: > 0 } ? 1 : 37;

        for (int index = 0; index < rows.Length; index++)
        {
            Architecture architecture = Space.FromIndex(index);

            architecture.Text.Should().Be(rows[index].Text, "the benchmark's order and its own form of each cell");
            if (index % step == 0)
            {
                Space.CostOf(Space.Parse(rows[index].Text), new NetworkShape()).Parameters.Should().Be(rows[index].Parameters, rows[index].Text);
            }
        }
    }

    [Fact]
    public void Parse_MatrixHashAndIndex_AreTheSameArchitecture()
    {
        string[] rows = [.. File.ReadLines(TestData.Path("nb101-accuracy-5000.csv")).Skip(1)];
        rows.Should().HaveCount(5000);
        foreach (string[] row in rows.Select(row => row.Split(',')))
        {
            Architecture architecture = Space.Parse($"{row[3]}:{row[4]}");

            NasBench101Space.HashOf(architecture).Should().Be(row[1]);
            Space.Parse(row[1]).Should().Be(architecture);
            Space.Parse(row[0]).Should().Be(architecture);
            Space.IndexOf(architecture).Should().Be(long.Parse(row[0], CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static (string Text, long Parameters) RowOf(string line)
    {
        string[] columns = line.Split(',');
        int vertices = int.Parse(columns[0], CultureInfo.InvariantCulture);
        int edges = int.Parse(columns[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string matrix = string.Concat(Enumerable.Range(0, vertices).SelectMany(x => Enumerable.Range(x + 1, vertices - x - 1).Select(y => edges >> (x + (y * (y - 1) / 2)) & 1)));
        return ($"{matrix}:{columns[2]}", long.Parse(columns[3], CultureInfo.InvariantCulture));
    }
}
