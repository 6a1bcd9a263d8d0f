namespace RankNas.Training.Augmentations;

/// <summary>SplitMix64 (Steele et al., 2014): the same draws on every machine, and a generator for every image at no cost.</summary>
internal struct ImageRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <param name="seed">The seed of a purpose and an epoch.</param>
    /// <param name="image">Which image it is for.</param>
    public ImageRandom(long seed, int image) => _state = Mix(unchecked((ulong)seed + Golden * (ulong)(uint)image));

    public ulong Next()
    {
        unchecked
        {
            _state += Golden;
        }

        return Mix(_state);
    }

    /// <summary>Draws from 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) / (double)(1UL << 53);

    /// <summary>Draws from the first to below the second.</summary>
    public double NextDouble(double from, double to) => from + (to - from) * NextDouble();

    /// <summary>Draws from 0 to below a bound.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    public bool NextBool() => Next() >> 63 == 1;

    public void Shuffle(Span<int> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = Next(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    /// <summary>Draws from Beta(α, α), by two gamma draws.</summary>
    public double NextBeta(double alpha)
    {
        double first = NextGamma(alpha), second = NextGamma(alpha);

        // Both underflow for tiny α, where the distribution is 0 or 1 as good as always.
        return first + second > 0 ? first / (first + second) : NextBool() ? 1 : 0;
    }

    // Marsaglia and Tsang (2000); below 1 by their remark on α + 1.
    private double NextGamma(double shape)
    {
        if (shape < 1)
        {
            return NextGamma(shape + 1) * Math.Pow(1 - NextDouble(), 1 / shape);
        }

        double d = shape - 1d / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = NextNormal(), v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(1 - NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v))
            {
                return d * v;
            }
        }
    }

    private double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
