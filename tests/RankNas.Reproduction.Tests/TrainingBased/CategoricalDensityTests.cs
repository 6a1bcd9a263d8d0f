using RankNas.Core.Tests.Support;
using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction.Tests.TrainingBased;

public class CategoricalDensityTests
{
    private static readonly TinySpace Space = new();

    [Fact]
    public void Of_TheWholeSpace_IsOne()
    {
        var density = new CategoricalDensity(Space.Alleles, [Space.Create(0, 1, 2), Space.Create(2, 2, 2), Space.Create(0, 0, 1)]);
        Enumerable.Range(0, 27).Sum(index => density.Of(Space.FromIndex(index))).Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Of_OnePoint_HasTheLeastBandwidth()
    {
        var density = new CategoricalDensity(Space.Alleles, [Space.Create(0, 0, 0)]);
        density.Of(Space.Create(0, 0, 0)).Should().BeApproximately(0.7 * 0.7 * 0.7, 1e-12);
        density.Of(Space.Create(0, 0, 1)).Should().BeApproximately(0.7 * 0.7 * 0.15, 1e-12);
    }

    [Fact]
    public void Draw_KeepsAPointsGeneMostOften()
    {
        var density = new CategoricalDensity(Space.Alleles, [Space.Create(2, 0, 1)]);
        var random = new Random(1);
        int[][] drawn = [.. Enumerable.Range(0, 10_000).Select(_ => density.Draw(random))];

        // 0.7 as it is, and a third of the 0.3 that are drawn anew.
        drawn.Count(genes => genes[0] == 2).Should().BeInRange(7_800, 8_200);
    }
}
