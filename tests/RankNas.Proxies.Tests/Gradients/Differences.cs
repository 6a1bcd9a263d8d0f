using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>Derivatives by central differences, which share nothing with automatic differentiation.</summary>
internal static class Differences
{
    private const double Step = 1e-5;

    /// <summary>Gets the derivative of a function by each element of a float64 tensor that it depends on.</summary>
    public static double[] Of(Func<double> function, Tensor variable) => [.. Of(() => [function()], variable).Select(row => row[0])];

    /// <summary>Gets the derivatives of several functions: a row for each element of the tensor.</summary>
    public static double[][] Of(Func<double[]> functions, Tensor variable)
    {
        double[] values = [.. variable.data<double>()];
        double[][] derivatives = new double[values.Length][];
        for (int index = 0; index < values.Length; index++)
        {
            double[] up = At(index, Step);
            double[] down = At(index, -Step);
            derivatives[index] = [.. up.Zip(down, (above, below) => (above - below) / (2 * Step))];
        }

        Set(values);
        return derivatives;

        double[] At(int index, double step)
        {
            double[] moved = [.. values];
            moved[index] += step;
            Set(moved);
            return functions();
        }

        void Set(double[] moved)
        {
            using IDisposable guard = no_grad();
            using Tensor all = tensor(moved, variable.shape);
            variable.copy_(all);
        }
    }
}
