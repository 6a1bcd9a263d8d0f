namespace RankNas.Initialization;

/// <summary>The SplitMix64 generator addressed by stream and position: element k of a stream needs no element before it.</summary>
internal static class SplitMix64
{
    /// <summary>Fills with uniform values of mean 0 and the given standard deviation: √3 · (2u − 1) · deviation.</summary>
    public static void FillUnitVariance(ulong stream, double deviation, Span<double> values)
    {
        double width = Math.Sqrt(3) * deviation;
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = width * (2 * Uniform(stream, (ulong)k) - 1);
        }
    }

    /// <summary>Fills with integers from 0 to below a bound, each as likely as the others.</summary>
    public static void FillBelow(ulong stream, long bound, Span<long> values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = (long)(bound * Uniform(stream, (ulong)k));
        }
    }

    private static double Uniform(ulong stream, ulong k)
    {
        unchecked
        {
            ulong z = (stream << 32) + k + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            return (z >> 11) / (double)(1UL << 53);
        }
    }
}
