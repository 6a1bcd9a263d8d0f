using MathNet.Numerics.LinearAlgebra;

namespace RankNas.Latency;

/// <summary>Least squares with coefficients of at least 0.</summary>
/// <remarks>Lawson and Hanson, <em>Solving Least Squares Problems</em>, 1974, Chapter 23, on the normal equations of columns scaled to length 1.</remarks>
internal static class NonNegativeLeastSquares
{
    // Columns that depend on each other share what they explain.
    private const double Ridge = 1e-9;
    private const double Tolerance = 1e-10;

    /// <summary>Finds the coefficients x ≥ 0 that minimise |a x − b|.</summary>
    /// <param name="a">A row for each observation, a column for each coefficient.</param>
    /// <param name="b">The observations.</param>
    public static double[] Solve(Matrix<double> a, Vector<double> b)
    {
        double[] lengths = [.. a.EnumerateColumns().Select(column => column.L2Norm() is > 0 and var length ? length : 1)];
        Matrix<double> scaled = a * Matrix<double>.Build.DenseOfDiagonalArray([.. lengths.Select(length => 1 / length)]);
        Matrix<double> gram = scaled.TransposeThisAndMultiply(scaled) + Matrix<double>.Build.DenseDiagonal(lengths.Length, Ridge);
        Vector<double> target = scaled.TransposeThisAndMultiply(b);
        Vector<double> x = Vector<double>.Build.Dense(lengths.Length);
        var free = new List<int>();
        for (int step = 0; step < 3 * lengths.Length; step++)
        {
            Vector<double> gradient = target - gram * x;
            int next = Enumerable.Range(0, lengths.Length).Where(column => !free.Contains(column)).OrderByDescending(column => gradient[column]).FirstOrDefault(-1);
            if (next < 0 || gradient[next] <= Tolerance * b.L2Norm())
            {
                break;
            }

            free.Add(next);
            MoveTo(x, free, gram, target);
        }

        return [.. x.Select((value, column) => value / lengths[column])];
    }

    // Goes towards the solution of the free columns until one of them would be negative, which is then 0 and free no more.
    private static void MoveTo(Vector<double> x, List<int> free, Matrix<double> gram, Vector<double> target)
    {
        while (free.Count > 0)
        {
            Matrix<double> part = Matrix<double>.Build.Dense(free.Count, free.Count, (row, column) => gram[free[row], free[column]]);
            Vector<double> solved = part.Cholesky().Solve(Vector<double>.Build.Dense(free.Count, row => target[free[row]]));
            double share = free.Select((column, row) => solved[row] > 0 ? 1 : x[column] / (x[column] - solved[row])).Where(double.IsFinite).Append(1).Min();
            foreach ((int row, int column) in free.Index())
            {
                x[column] += share * (solved[row] - x[column]);
            }

            if (solved.Minimum() > 0)
            {
                return;
            }

            // One at least has come to 0, which rounding does not hide.
            int[] ended = [.. free.Where((column, row) => solved[row] <= 0 && x[column] <= Tolerance)];
            free.RemoveAll(column => ended.Contains(column));
            Array.ForEach(ended, column => x[column] = 0);
            if (ended.Length == 0)
            {
                return;
            }
        }
    }
}
