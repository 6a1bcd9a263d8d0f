using System.Collections.Immutable;
using RankNas.Pareto;

namespace RankNas.Abstractions.Tests.Pareto;

public class ParetoSetTests
{
    [Fact]
    public void NonDominated_KeepsEqualPoints_AndWhatIsWorseNowhere()
    {
        ParetoSet.NonDominated(Points([1, 5], [2, 3], [4, 2], [5, 1], [3, 4], [2, 3], [1, 6])).Should().Equal(0, 1, 2, 3, 5);
        ParetoSet.NonDominated(Points([3], [1], [2], [1])).Should().Equal(1, 3);
        ParetoSet.NonDominated(Points([double.PositiveInfinity, 1], [2, 1], [double.NegativeInfinity, 9])).Should().Equal(1, 2);
        ParetoSet.NonDominated([]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sort_GivesTheFrontsThatTheDefinitionGives(int objectives)
    {
        ImmutableArray<double>[] points = Random(60, objectives, seed: objectives, steps: 6);
        var left = new List<int>(Enumerable.Range(0, points.Length));
        foreach (IReadOnlyList<int> front in ParetoSet.Sort(points))
        {
            int[] expected = [.. left.Where(place => !left.Any(other => Dominates(points[other], points[place])))];
            front.Order().Should().Equal(expected);
            left.RemoveAll(expected.Contains);
        }

        left.Should().BeEmpty();
        ParetoSet.NonDominated(points).Should().Equal(ParetoSet.Sort(points)[0].Order());
    }

    [Fact]
    public void CrowdingDistances_AreTheSumsOfTheNeighboursDistances_AsSharesOfTheExtent() =>
        ParetoSet.CrowdingDistances(Points([4, 4], [1, 9], [2, 5], [7, 1])).Should().Equal(
            (7 - 2) / 6.0 + (5 - 1) / 8.0, double.PositiveInfinity, (4 - 1) / 6.0 + (9 - 4) / 8.0, double.PositiveInfinity);

    [Fact]
    public void CrowdingDistances_OfOnePointOrEqualOnes_AreInfiniteAtTheEnds()
    {
        ParetoSet.CrowdingDistances([]).Should().BeEmpty();
        ParetoSet.CrowdingDistances(Points([1, 1])).Should().Equal(double.PositiveInfinity);
        ParetoSet.CrowdingDistances(Points([1, 1], [1, 1], [1, 1])).Should().Equal(double.PositiveInfinity, 0, double.PositiveInfinity);
    }

    // Counted by another program: the unit cells that a point dominates.
    [Fact]
    public void Hypervolume_OfWholeNumbers_IsTheNumberOfCells()
    {
        ImmutableArray<double>[] three = Points([1, 4, 6], [2, 2, 5], [3, 5, 1], [6, 1, 3], [4, 3, 2], [5, 5, 5], [2, 6, 2]);
        ParetoSet.Hypervolume(Points([1, 5], [2, 3], [4, 2], [5, 1], [3, 4], [2, 3]), 6, 6).Should().Be(16);
        ParetoSet.Hypervolume(three, 7, 7, 7).Should().Be(112);
        ParetoSet.Hypervolume(three, 5, 6, 6).Should().Be(26);
        ParetoSet.Hypervolume(Points([1, 4, 6, 2], [2, 2, 5, 3], [3, 5, 1, 6], [6, 1, 3, 1], [4, 3, 2, 4]), 7, 7, 7, 7).Should().Be(429);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Hypervolume_IsThatOfInclusionAndExclusion(int objectives)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            ImmutableArray<double>[] points = Random(9, objectives, seed);
            double[] reference = [.. Enumerable.Repeat(0.8, objectives)];
            ParetoSet.Hypervolume(points, reference).Should().BeApproximately(Union(points, reference), 1e-12);
        }
    }

    [Fact]
    public void Hypervolume_OfADiscretisedSphere_NearsItsVolume()
    {
        // The points of the sphere's octant that faces the origin dominate the unit cube but for an eighth of a ball.
        const int Steps = 40;
        ImmutableArray<double>[] points = [.. Enumerable.Range(0, Steps + 1).SelectMany(a => Enumerable.Range(0, Steps + 1).Select(b => (a, b)))
            .Select(pair => (A: pair.a * Math.PI / 2 / Steps, B: pair.b * Math.PI / 2 / Steps))
            .Select(angles => ImmutableArray.Create(1 - Math.Sin(angles.A) * Math.Cos(angles.B), 1 - Math.Sin(angles.A) * Math.Sin(angles.B), 1 - Math.Cos(angles.A)))];
        ParetoSet.Hypervolume(points, 1, 1, 1).Should().BeInRange(Math.PI / 6 - 0.03, Math.PI / 6);
    }

    [Fact]
    public void Hypervolume_OfPointsThatAreNotBelowTheReference_IsNothing()
    {
        ParetoSet.Hypervolume([], 1, 1).Should().Be(0);
        ParetoSet.Hypervolume(Points([1, 0], [0, 2], [double.PositiveInfinity, 0]), 1, 1).Should().Be(0);
    }

    [Fact]
    public void WrongPoints_AreRefused()
    {
        FluentActions.Invoking(() => ParetoSet.NonDominated(null!)).Should().Throw<ArgumentNullException>();
        foreach (ImmutableArray<double>[] wrong in (ImmutableArray<double>[][])[Points([1, 2], [1]), Points([1, double.NaN]), [[]], [default]])
        {
            FluentActions.Invoking(() => ParetoSet.NonDominated(wrong)).Should().Throw<ArgumentException>().WithMessage("Every point has the same objectives*");
        }

        FluentActions.Invoking(() => ParetoSet.Hypervolume(Points([1, 2]), 3)).Should().Throw<ArgumentException>().WithMessage("The reference has 1 values where the points have 2.*");
        FluentActions.Invoking(() => ParetoSet.Hypervolume(Points([1]), double.PositiveInfinity)).Should().Throw<ArgumentException>().WithMessage("The reference has a finite value*");
        FluentActions.Invoking(() => ParetoSet.Hypervolume(Points([double.NegativeInfinity]), 1)).Should().Throw<ArgumentException>().WithMessage("A value is minus infinity*");
    }

    [Fact]
    public void KneeOf_IsThePointFurthestBelowTheLineThroughTheEnds()
    {
        ParetoSet.KneeOf(Points([0, 100], [1, 20], [5, 18], [10, 0])).Should().Be(1);
        ParetoSet.KneeOf(Points([3, 3])).Should().Be(0);
    }

    private static double Union(ImmutableArray<double>[] points, double[] reference) => Enumerable.Range(1, (1 << points.Length) - 1).Sum(subset =>
    {
        ImmutableArray<double>[] chosen = [.. points.Where((_, place) => (subset >> place & 1) == 1)];
        double common = reference.Select((limit, axis) => Math.Max(0, limit - chosen.Max(point => point[axis]))).Aggregate(1.0, (product, side) => product * side);
        return chosen.Length % 2 == 1 ? common : -common;
    });

    private static bool Dominates(ImmutableArray<double> point, ImmutableArray<double> other) =>
        point.Zip(other).All(pair => pair.First <= pair.Second) && point.Zip(other).Any(pair => pair.First < pair.Second);

    private static ImmutableArray<double>[] Random(int count, int objectives, int seed, int steps = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, objectives).Select(_ => steps > 0 ? random.Next(steps) : random.NextDouble()).ToImmutableArray())];
    }

    private static ImmutableArray<double>[] Points(params double[][] points) => [.. points.Select(point => point.ToImmutableArray())];
}
