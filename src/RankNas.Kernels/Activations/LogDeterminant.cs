using System.Buffers;
using System.Diagnostics;
using System.Numerics;

namespace RankNas.Kernels.Activations;

/// <summary>ln|det| of a matrix, by Gauss's elimination with the largest pivot of each column.</summary>
/// <remarks>In memory that is used again: matrices of a batch's size are large objects, and collecting them takes longer than eliminating.</remarks>
internal static class LogDeterminant
{
    /// <summary>Gets it; −∞ where the matrix is singular.</summary>
    /// <param name="size">The number of rows.</param>
    /// <param name="element">Gives the element in a row and a column.</param>
    public static double Of(int size, Func<int, int, double> element)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(1, size * size));
        try
        {
            Span<double> matrix = rented.AsSpan(0, size * size);
            for (int index = 0; index < matrix.Length; index++)
            {
                matrix[index] = element(index / size, index % size);
            }

            return Eliminate(matrix, size);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static double Eliminate(Span<double> matrix, int size)
    {
        double sum = 0;
        for (int column = 0; column < size; column++)
        {
            int pivot = PivotOf(matrix, size, column);
            Span<double> upper = matrix.Slice(column * size, size)[column..], chosen = matrix.Slice(pivot * size, size)[column..];
            for (int index = 0; pivot != column && index < upper.Length; index++)
            {
                (upper[index], chosen[index]) = (chosen[index], upper[index]);
            }

            sum += Math.Log(Math.Abs(upper[0]));
            for (int row = column + 1; row < size && upper[0] != 0; row++)
            {
                Span<double> lower = matrix.Slice(row * size, size)[column..];
                Subtract(lower, upper, lower[0] / upper[0]);
            }
        }

        return sum;
    }

    private static int PivotOf(ReadOnlySpan<double> matrix, int size, int column)
    {
        int pivot = column;
        for (int row = column + 1; row < size; row++)
        {
            if (Math.Abs(matrix[(row * size) + column]) > Math.Abs(matrix[(pivot * size) + column]))
            {
                pivot = row;
            }
        }

        return pivot;
    }

    private static void Subtract(Span<double> lower, ReadOnlySpan<double> upper, double factor)
    {
        Debug.Assert(lower.Length == upper.Length, "Rows are alike.");
        int index = 0;
        for (; index <= lower.Length - Vector<double>.Count; index += Vector<double>.Count)
        {
            (new Vector<double>(lower[index..]) - (new Vector<double>(upper[index..]) * factor)).CopyTo(lower[index..]);
        }

        for (; index < lower.Length; index++)
        {
            lower[index] -= upper[index] * factor;
        }
    }
}
