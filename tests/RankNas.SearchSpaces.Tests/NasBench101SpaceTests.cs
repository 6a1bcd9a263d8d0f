using System.Globalization;
using System.IO.Compression;
using CsCheck;
using RankNas.Graphs;

namespace RankNas.SearchSpaces.Tests;

public class NasBench101SpaceTests
{
    private static readonly NasBench101Space Space = new();

    [Fact]
    [Trait("Category", "Campaign")]
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
    [Trait("Category", "Campaign")]
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

    // By the benchmark's compute_vertex_channels, by hand: three vertices lead to the output and divide 16 channels as 6, 5 and 5 in their order; any other vertex has as many as the
    // largest that it leads to.
    [Theory]
    [InlineData("100000110000111001101:11333", 16, 6, 6, 5, 5, 5)]
    [InlineData("111000011100111:1333", 16, 6, 5, 5, 5)]
    [InlineData("100001100011000100111:11113", 16, 6, 5, 5, 5, 5)]
    [InlineData("100001100011000100111:11113", 17, 6, 6, 6, 6, 5)]
    [InlineData("100100100001000101111:13331", 18, 6, 6, 6, 6, 6)]
    [InlineData("1:", 16)]
    public void Describe_Channels_AreDividedAsTheBenchmarkDoes(string text, int channels, params int[] expected)
    {
        var space = new NasBench101Space(new NasBench101Options { Channels = channels, CellsPerStack = 1 });
        Architecture architecture = space.Parse(text);
        architecture.Text.Should().Be(text, "vertices keep their numbers");

        NetworkGraph graph = space.Describe(architecture, new NetworkShape());

        int[] Of(int stack) => [.. graph.Parameters
            .Where(parameter => parameter.Name.StartsWith($"stack{stack}.module0.vertex", StringComparison.Ordinal) && parameter.Name.EndsWith("conv.weight", StringComparison.Ordinal))
            .Select(parameter => (int)parameter.Shape[0])];
        Of(0).Should().Equal(expected);
        graph.Parameters.Single(parameter => parameter.Name == "dense.weight").Shape.Should().Equal(10, 4 * channels);
    }

    [Fact]
    public void Describe_AnyCellAtTheFewestChannels_HasSome()
    {
        var space = new NasBench101Space(new NasBench101Options { Channels = 4, CellsPerStack = 1 });
        for (int index = 0; index < 423_624; index += 97)
        {
            space.CostOf(space.FromIndex(index), new NetworkShape()).Parameters.Should().BePositive();
        }

        // Four vertices lead to the output, which is as many as nine edges leave room for.
        space.CostOf(space.Parse("111100001001011:3333"), new NetworkShape()).Parameters.Should().BePositive();
        FluentActions.Invoking(() => new NasBench101Options { Channels = 3 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Channels is 3: it must be from 4 to 4,096.*");
    }

    [Fact]
    public void Sample_Uniform_DrawsEverySizeAsOftenAsItIs()
    {
        const int draws = 40_000;
        int[] counts = SizesOf(Space, draws);

        // 1, 6, 84, 2,441, 62,010 and 359,082 cells of 2 to 7 vertices; those of up to five together.
        int[] cells = [1 + 6 + 84 + 2441, 62_010, 359_082], drawn = [counts[2] + counts[3] + counts[4] + counts[5], counts[6], counts[7]];
        cells.Zip(drawn, (size, count) => Math.Pow(count - ((double)draws * size / 423_624), 2) / ((double)draws * size / 423_624)).Sum().Should().BeLessThan(20, "χ² of two degrees");
        Enumerable.Range(0, 200).Select(seed => Space.IndexOf(Space.Sample(new Random(seed))) / 42_363).Distinct().Should().HaveCount(10, "every tenth of the hashes is drawn from");
    }

    // The benchmark's random_spec, written anew: each edge of seven vertices with probability one half, pruned, until no more than nine edges are left and the input reaches the output.
    [Fact]
    public void Sample_Matrices_DrawsAsTheBenchmarksProgramsDo()
    {
        const int draws = 10_000;
        int[] counts = SizesOf(new NasBench101Space(new NasBench101Options { Sampling = NasBench101Sampling.Matrices }), draws);
        int[] expected = new int[8];
        var random = new Random(77);
        for (int drawn = 0; drawn < draws;)
        {
            bool[,] edges = new bool[7, 7];
            for (int edge = 0; edge < 49; edge++)
            {
                edges[edge / 7, edge % 7] = edge / 7 < edge % 7 && random.Next(2) == 0;
            }

            int[] kept = [.. Enumerable.Range(0, 7).Where(vertex => Reaches(edges, 0, vertex) && Reaches(edges, vertex, 6))];
            if (kept.Length > 0 && kept.Sum(source => kept.Count(target => edges[source, target])) <= 9)
            {
                expected[kept.Length]++;
                drawn++;
            }
        }

        // Both are drawn, so that the difference varies twice as much.
        int[] Grouped(int[] sizes) => [sizes[2] + sizes[3] + sizes[4], sizes[5], sizes[6], sizes[7]];
        Grouped(counts).Zip(Grouped(expected), (one, other) => Math.Pow(one - other, 2) / (one + other)).Sum().Should().BeLessThan(25, "χ² of three degrees");
    }

    [Theory]

    // Of five vertices 1 leads nowhere, and nothing leads to 3; a vertex by itself; the same cell with its vertices in another order.
    [InlineData("1100000011:3m1", "101:m")]
    [InlineData("001000:31", "1:")]
    [InlineData("110011:m3", "110011:3m")]
    public void Parse_WhatDoesNotMatter_IsLeftOut(string text, string expected)
    {
        Architecture architecture = Space.Parse(text);

        architecture.Text.Should().Be(expected);
        Space.Parse(NasBench101Space.HashOf(architecture)).Should().Be(architecture);
    }

    [Theory]
    [InlineData("", "*two parts joined by ':', not 1*for example '100000100101110100101:111mm', a module hash, or an index.")]
    [InlineData("423624", "*indices go from 0 to 423623*")]
    [InlineData("99999999999999999999", "*indices go from 0 to 423623*")]
    [InlineData("00000000000000000000000000000000", "*there is no cell of this hash*")]
    [InlineData("101:33", "*with 2 operations it has 4 vertices, whose matrix has 6 digits above the diagonal, not 3*")]
    [InlineData("1:333333", "*it has 6 operations, and cells have at most 5*")]
    [InlineData("102:3", "*'2' is neither 0 nor 1*")]
    [InlineData("101:5", "*'5' is none of 3 (conv3x3-bn-relu), 1 (conv1x1-bn-relu), m (maxpool3x3)*")]
    [InlineData("100:3", "*its input does not reach its output*")]
    [InlineData("1111111111:333", "*it has 10 edges, and cells have at most 9*")]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message);

    [Theory]
    [InlineData(-1)]
    [InlineData(423_624)]
    public void FromIndex_OutsideTheSpace_Throws(long index) =>
        Space.Invoking(space => space.FromIndex(index)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(index));

    [Fact]
    public void HashOf_AnArchitectureOfAnotherSpace_SaysSo() => FluentActions.Invoking(() => NasBench101Space.HashOf(new NasBenchMacroSpace().FromIndex(0)))
        .Should().Throw<ArgumentException>().WithMessage("'00000000' is no architecture of nb101: parse or sample one.*");

    private static int[] SizesOf(NasBench101Space space, int draws)
    {
        int[] counts = new int[8];
        var random = new Random(5);
        for (int drawn = 0; drawn < draws; drawn++)
        {
            counts[space.Sample(random).Text.Split(':')[1].Length + 2]++;
        }

        return counts;
    }

    private static bool Reaches(bool[,] edges, int source, int target) =>
        source == target || Enumerable.Range(source + 1, 6 - source).Any(next => edges[source, next] && Reaches(edges, next, target));

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
