using System.Numerics;
using System.Text;

namespace RankNas.Abstractions.Tests.Support;

/// <summary>The published formulas, written anew with integers that have no end.</summary>
internal static class Reference
{
    private static readonly BigInteger Word = BigInteger.One << 64;

    /// <summary>Gets √3 · (2u − 1) for an element of a SplitMix64 stream.</summary>
    public static double SplitMix(BigInteger stream, int element)
    {
        BigInteger z = ((stream << 32) + element + 0x9E3779B97F4A7C15UL) % Word;
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL) % Word;
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EBUL) % Word;
        z ^= z >> 31;
        return Math.Sqrt(3) * (2 * ((double)(z >> 11) / Math.Pow(2, 53)) - 1);
    }

    /// <summary>Gets the stream of a parameter: the sum of its name's bytes, moved by seed and repeat.</summary>
    public static BigInteger StreamOf(string parameter, long seed = 0, int repeat = 0) =>
        Encoding.UTF8.GetBytes(parameter).Sum(value => (int)value) + seed + ((BigInteger)repeat << 20);
}
