using CsCheck;
using RankNas.Graphs;

namespace RankNas.Tests;

/// <summary>Random graphs of all operations, with odd and even sizes, blocks, cells with edges, dead nodes and zeros. They shrink to fewer steps.</summary>
internal static class RandomGraphs
{
    /// <summary>Gets graphs of every operation.</summary>
    public static Gen<NetworkGraph> All { get; } = Of(isPositive: false);

    /// <summary>Gets graphs that keep positive values positive where weights are: no softmax, and no factor below 0.</summary>
    public static Gen<NetworkGraph> Positive { get; } = Of(isPositive: true);

    private static Gen<NetworkGraph> Of(bool isPositive) =>
        from height in Gen.Int[1, 17]
        from width in Gen.Int[1, 17]
        from channels in Gen.Int[1, 9]
        from classes in Gen.Int[1, 11]
        from steps in Gen.Int.Array[0, 14]
        from end in Gen.Int
        select new RandomGraph(isPositive).Build(new NetworkShape { Height = height, Width = width, Channels = channels, Classes = classes }, steps, new Random(end));
}
