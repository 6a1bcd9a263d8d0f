namespace RankNas.Images.Decoding;

/// <summary>The weights of resizing along one dimension in whole numbers: each output is a mean of inputs, weighted by a triangle that is twice as wide as the outputs are apart, at least two inputs.</summary>
/// <remarks>Pillow's <c>BILINEAR</c> has the same weights in the same precision, so that results are the same to the last bit.</remarks>
internal sealed class LineFilter
{
    /// <summary>A weight of 1 has so many bits after the point: sums of products with bytes stay within 32 bits.</summary>
    public const int Bits = 22;

    private readonly int[] _firsts;
    private readonly int[][] _weights;

    /// <summary>Computes the weights.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="start">Where the part of the inputs begins that becomes the outputs.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="outputs">The number of outputs.</param>
    public LineFilter(int inputs, double start, double end, int outputs)
    {
        IsIdentity = start == 0 && end == inputs && inputs == outputs;
        _firsts = new int[outputs];
        _weights = new int[outputs][];

        // In single precision, as Pillow has the part's bounds.
        (float from, float to) = ((float)start, (float)end);
        double scale = (double)(to - from) / outputs, reach = Math.Max(scale, 1), inverse = 1 / reach;
        for (int output = 0; output < outputs; output++)
        {
            double center = from + (output + 0.5) * scale;
            int first = Math.Clamp((int)(center - reach + 0.5), 0, inputs - 1), last = Math.Clamp((int)(center + reach + 0.5), first + 1, inputs);
            double[] weights = new double[last - first];
            double sum = 0;
            for (int index = 0; index < weights.Length; index++)
            {
                weights[index] = Math.Max(0, 1 - Math.Abs((index + first - center + 0.5) * inverse));
                sum += weights[index];
            }

            _firsts[output] = first;
            _weights[output] = [.. weights.Select(weight => (int)(0.5 + weight / sum * (1 << Bits)))];
        }
    }

    /// <summary>Gets whether the outputs are the inputs.</summary>
    public bool IsIdentity { get; }

    /// <summary>Gets the number of outputs.</summary>
    public int Outputs => _firsts.Length;

    /// <summary>Gets the first input that any output needs.</summary>
    public int First => _firsts[0];

    /// <summary>Gets the end of the inputs that any output needs.</summary>
    public int End => _firsts[^1] + _weights[^1].Length;

    /// <summary>Gets the first input of an output.</summary>
    public int FirstOf(int output) => _firsts[output];

    /// <summary>Gets the weights of an output's inputs.</summary>
    public ReadOnlySpan<int> WeightsOf(int output) => _weights[output];

    /// <summary>Rounds a sum to a byte.</summary>
    public static byte Round(int sum) => (byte)Math.Clamp((sum + (1 << (Bits - 1))) >> Bits, 0, 255);
}
