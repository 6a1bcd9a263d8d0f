using CsCheck;
using RankNas.Correlation;

namespace RankNas.Core.Tests.Correlation;

public class RankCorrelationTests
{
    private static readonly Gen<double[]> Ties = Gen.Int[0, 9].Select(value => (double)value).Array[2, 60];

    [Fact]
    public void Taus_of_one_order_are_one_and_of_the_opposite_minus_one()
    {
        double[] up = [1, 2, 3, 4];
        double[] down = [9, 7, 5, -1];

        KendallTau.Of(up, up).Should().Be(1);
        KendallTau.Of(up, down).Should().Be(-1);
        SpearmanRho.Of(up, up).Should().BeApproximately(1, 1e-15);
        SpearmanRho.Of(up, down).Should().BeApproximately(-1, 1e-15);
    }

    [Fact]
    public void Tau_is_that_of_all_pairs_counted_one_by_one() =>
        Gen.Select(Ties, Ties).Sample((x, y) =>
        {
            int count = Math.Min(x.Length, y.Length);
            double tau = KendallTau.Of(x.AsSpan(0, count), y.AsSpan(0, count));
            double expected = TauOfAllPairs(x[..count], y[..count]);
            return double.IsNaN(expected) ? double.IsNaN(tau) : Math.Abs(tau - expected) < 1e-12;
        });

    // By hand: the ranks of x are 1, 2.5, 2.5 and 4, so that ρ is 4.5 / √(4.5 · 5).
    [Fact]
    public void Rho_of_ties_is_that_of_their_mean_ranks() => SpearmanRho.Of([1, 2, 2, 3], [1, 2, 3, 4]).Should().BeApproximately(4.5 / Math.Sqrt(22.5), 1e-15);

    [Fact]
    public void Two_pairs_correlate()
    {
        KendallTau.Of([1, 2], [3, 4]).Should().Be(1);
        SpearmanRho.Of([1, 2], [4, 3]).Should().BeApproximately(-1, 1e-15);
    }

    [Fact]
    public void Infinite_values_have_ranks_like_any_other()
    {
        double[] x = [double.NegativeInfinity, 0, 1, double.PositiveInfinity];

        KendallTau.Of(x, [1, 2, 3, 4]).Should().Be(1);
        SpearmanRho.Of(x, [1, 2, 3, 4]).Should().BeApproximately(1, 1e-15);
    }

    [Fact]
    public void Where_all_are_equal_there_is_no_correlation()
    {
        KendallTau.Of([1, 1, 1], [1, 2, 3]).Should().Be(double.NaN);
        SpearmanRho.Of([1, 1, 1], [1, 2, 3]).Should().Be(double.NaN);
        SpearmanRho.Of([1], [1]).Should().Be(double.NaN);
    }

    [Fact]
    public void Pairs_that_are_none_are_refused()
    {
        FluentActions.Invoking(() => KendallTau.Of([1, 2], [1])).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 values of x and 1 of y: they come in pairs.*");
        FluentActions.Invoking(() => SpearmanRho.Of([1, double.NaN], [1, 2])).Should().Throw<ArgumentException>()
            .WithMessage("x[1] is NaN, which has no rank: leave the pair out.*");
    }

    private static double TauOfAllPairs(double[] x, double[] y)
    {
        double difference = 0, untiedInX = 0, untiedInY = 0;
        for (int first = 0; first < x.Length; first++)
        {
            for (int second = first + 1; second < x.Length; second++)
            {
                int inX = Math.Sign(x[first] - x[second]);
                int inY = Math.Sign(y[first] - y[second]);
                difference += inX * inY;
                untiedInX += inX * inX;
                untiedInY += inY * inY;
            }
        }

        return difference / Math.Sqrt(untiedInX * untiedInY);
    }
}
