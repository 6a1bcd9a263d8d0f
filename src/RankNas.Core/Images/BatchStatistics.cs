using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RankNas.Images;

/// <summary>What a batch of images looks like, as far as it tells whether proxies can make anything of it.</summary>
internal sealed class BatchStatistics
{
    private readonly HashSet<string> _different = new(StringComparer.Ordinal);
    private readonly SortedSet<long> _labels = [];
    private double _sum;
    private double _sumOfSquares;
    private long _values;

    /// <summary>Gets the number of images.</summary>
    public int Images { get; private set; }

    /// <summary>Gets how many of them are the same, pixel by pixel, as one before them.</summary>
    public int Copies => Images - _different.Count;

    /// <summary>Gets how many of them have one value in all pixels of each channel.</summary>
    public int Constant { get; private set; }

    /// <summary>Gets the smallest value.</summary>
    public double Smallest { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the largest value.</summary>
    public double Largest { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the mean of all values.</summary>
    public double Mean => _sum / _values;

    /// <summary>Gets the standard deviation of all values.</summary>
    public double Deviation => Math.Sqrt(Math.Max(0, _sumOfSquares / _values - Mean * Mean));

    /// <summary>Gets the classes that there are images of, the smallest first.</summary>
    public IReadOnlyCollection<long> Labels => _labels;

    /// <summary>Looks at one more image.</summary>
    /// <param name="pixels">Its values, <c>[H, W, C]</c>.</param>
    /// <param name="channels">C.</param>
    /// <param name="label">Its class.</param>
    public void Add(ReadOnlySpan<double> pixels, int channels, long label)
    {
        Images++;
        _labels.Add(label);
        _different.Add(Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(pixels))));
        Constant += pixels.Length > channels && pixels[channels..].SequenceEqual(pixels[..^channels]) ? 1 : 0;
        foreach (double value in pixels)
        {
            _sum += value;
            _sumOfSquares += value * value;
            Smallest = Math.Min(Smallest, value);
            Largest = Math.Max(Largest, value);
        }

        _values += pixels.Length;
    }
}
