using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RankNas.Latency;

namespace RankNas.Core.Tests.Latency;

public class NonNegativeLeastSquaresTests
{
    // The conditions of Karush, Kuhn and Tucker, which the one minimum has and nothing else.
    [Fact]
    public void Solve_AnyColumns_IsTheMinimum() => Gen.Select(Gen.Int[1, 6], Gen.Int[0, 10], Gen.Int).Sample(
        (columns, further, seed) =>
        {
            var random = new Random(seed);
            Matrix<double> a = Matrix<double>.Build.Dense(columns + further, columns, (_, _) => 0.1 + random.NextDouble());
            Vector<double> b = Vector<double>.Build.Dense(columns + further, _ => (2 * random.NextDouble()) - 0.5);

            Vector<double> x = Vector<double>.Build.Dense(NonNegativeLeastSquares.Solve(a, b));

            x.Should().OnlyContain(value => value >= 0);
            Vector<double> descent = a.TransposeThisAndMultiply(b - (a * x));
            descent.Maximum().Should().BeLessThan(1e-5);
            descent.PointwiseMultiply(x).AbsoluteMaximum().Should().BeLessThan(1e-5);
        },
        iter: 2000);

    [Fact]
    public void Solve_AColumnThatComesFirstAndGoes_IsSciPys()
    {
        // scipy.optimize.nnls of these: the second column is the steepest, and is not needed once the others are there.
        Matrix<double> a = Matrix<double>.Build.DenseOfArray(new double[,] { { 4, 3, 2 }, { 1, 3, 5 }, { 1, 3, 3 }, { 1, 3, 4 } });

        double[] x = NonNegativeLeastSquares.Solve(a, Vector<double>.Build.Dense([5, 7, 3, 3]));

        x[0].Should().BeApproximately(0.7380191693290732, 1e-8);
        x[1].Should().Be(0);
        x[2].Should().BeApproximately(0.9488817891373802, 1e-8);
    }

    [Fact]
    public void Solve_ColumnsAlike_ShareWhatTheyExplain()
    {
        Matrix<double> a = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 1, 0 }, { 2, 2, 0 }, { 3, 3, 0 } });

        NonNegativeLeastSquares.Solve(a, Vector<double>.Build.Dense([2, 4, 6])).Should().Match<double[]>(x => Math.Abs(x[0] + x[1] - 2) < 1e-6 && x[2] == 0);
    }

    [Fact]
    public void Solve_NothingToExplain_IsZero() =>
        NonNegativeLeastSquares.Solve(Matrix<double>.Build.DenseIdentity(3), Vector<double>.Build.Dense([-1, 0, -2])).Should().Equal(0, 0, 0);
}
