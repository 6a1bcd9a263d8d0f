namespace RankNas.Images;

/// <summary>Resizes along one dimension: each output is a mean of inputs, weighted by a triangle that is as wide as the outputs are apart, at least two inputs.</summary>
internal sealed class LinearFilter
{
    private readonly (int First, double[] Weights)[] _outputs;

    /// <summary>Computes the weights.</summary>
    /// <param name="from">The number of inputs.</param>
    /// <param name="to">The number of outputs.</param>
    public LinearFilter(int from, int to)
    {
        double scale = (double)from / to, reach = Math.Max(scale, 1);
        _outputs = new (int, double[])[to];
        for (int output = 0; output < to; output++)
        {
            double center = (output + 0.5) * scale;
            int first = Math.Max(0, (int)(center - reach + 0.5)), end = Math.Min(from, (int)(center + reach + 0.5));
            double[] weights = new double[end - first];
            for (int input = first; input < end; input++)
            {
                weights[input - first] = Math.Max(0, 1 - Math.Abs((input + 0.5 - center) / reach));
            }

            double sum = weights.Sum();
            _outputs[output] = (first, [.. weights.Select(weight => weight / sum)]);
        }
    }

    /// <summary>Resizes.</summary>
    /// <param name="input">The inputs, each of <paramref name="values"/> values.</param>
    /// <param name="output">To be filled with the outputs, likewise.</param>
    /// <param name="values">How many values lie side by side at each place.</param>
    public void Apply(ReadOnlySpan<double> input, Span<double> output, int values)
    {
        output.Clear();
        foreach ((int place, (int first, double[] weights)) in _outputs.Index())
        {
            Span<double> sums = output.Slice(place * values, values);
            foreach ((int offset, double weight) in weights.Index())
            {
                ReadOnlySpan<double> line = input.Slice((first + offset) * values, values);
                for (int index = 0; index < values; index++)
                {
                    sums[index] += weight * line[index];
                }
            }
        }
    }
}
