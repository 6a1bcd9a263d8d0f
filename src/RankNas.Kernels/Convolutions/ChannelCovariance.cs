using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>How the channels of images vary together, from which the moments of every 1×1 convolution of them follow.</summary>
/// <remarks>For few channels that become many it is a fraction of the work of convolving.</remarks>
internal sealed class ChannelCovariance
{
    // Sums of so many products stay exact enough in float32.
    private const int PixelsOfBlock = 256;

    // A variance so much smaller than what its terms could add up to has lost too many digits.
    private const double LeastShare = 1e-4;

    private readonly int _channels;
    private readonly int _groups;
    private readonly double[] _products;
    private readonly double[] _sums;
    private readonly float[] _reference;
    private long _pixels;

    private ChannelCovariance(int channels, float[] reference)
    {
        (_channels, _groups, _reference) = (channels, Expansion.GroupsOf(channels), reference);
        int lanes = _groups * RowProduct.Lanes;
        (_products, _sums) = (new double[lanes * lanes], new double[lanes]);
    }

    /// <summary>Takes it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="reading">How they are read.</param>
    public static ChannelCovariance Of<T>(PixelMemory<T> images, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = images.Channels;
        float[] reference = ReferenceOf(images, reading);
        var parts = new ChannelCovariance[ImagePart.CountOf(images.Images)];
        ChannelFactors centring = ChannelFactors.One(channels);
        for (int index = 0; index < centring.Period; index++)
        {
            centring.Shift[index] = -reference[index % channels];
        }

        // Without a range between, both happen at once.
        PixelReading? centred = reading is { Clamp.IsNone: true, Signs: null } ? reading with { Factors = Combined(reading.Factors, centring) } : null;
        images.ForEachPart(() => new Scratch<float>((PixelsOfBlock * channels) + (RowProduct.Lanes * Expansion.GroupsOf(channels))), (part, scratch) =>
        {
            var covariance = new ChannelCovariance(channels, reference);
            ReadOnlySpan<T> source = images.ValuesOf(part);
            int start = part.First * images.ValuesOfImage;
            for (int first = 0; first < source.Length; first += PixelsOfBlock * channels)
            {
                int length = Math.Min(PixelsOfBlock * channels, source.Length - first);
                Span<float> pixels = scratch.Values[..length];
                (centred ?? reading).Read(source.Slice(first, length), pixels, start + first);
                if (centred is null)
                {
                    PixelRows.Normalize<Float32Value>(MemoryMarshal.Cast<float, Float32Value>(pixels), pixels, centring, Clamp.None, []);
                }

                covariance.Add(scratch.Values, length / channels);
            }

            parts[part.Index] = covariance;
        });
        foreach (ChannelCovariance part in parts[1..])
        {
            parts[0].Add(part);
        }

        return parts[0];
    }

    /// <summary>Gets the moments of a 1×1 convolution of the images; null where too few digits are left of one.</summary>
    /// <param name="weights">The convolution's weights.</param>
    /// <param name="outChannels">The channels that come out.</param>
    public ChannelMoments? MomentsOf(ConvolutionWeights weights, int outChannels)
    {
        int channels = _channels;
        Debug.Assert(weights.Weight.Length == outChannels * channels, "Shapes fit.");
        double[] covariance = Covariance(), own = new double[channels], means = new double[outChannels], variances = new double[outChannels];
        for (int output = 0; output < outChannels; output++)
        {
            double mean = weights.Bias.IsEmpty ? 0 : weights.Bias[output], variance = 0, most = 0;
            for (int channel = 0; channel < channels; channel++)
            {
                own[channel] = weights.Weight[(output * channels) + channel];
                mean += own[channel] * (_reference[channel] + (_sums[channel] / _pixels));
                most += Math.Abs(own[channel]) * Math.Sqrt(Math.Max(0, covariance[channel * (channels + 1)]));
            }

            for (int channel = 0; channel < channels; channel++)
            {
                variance += own[channel] * Dot(covariance.AsSpan(channel * channels, channels), own);
            }

            if (!(variance >= LeastShare * most * most))
            {
                return null;
            }

            (means[output], variances[output]) = (mean, variance);
        }

        return ChannelMoments.Of(_pixels, means, variances);
    }

    // A pixel, which has about the right size: a mean far from 0 costs no digits.
    private static float[] ReferenceOf<T>(PixelMemory<T> images, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        float[] reference = new float[images.Channels];
        (reading with { Signs = null }).Read<T>(images.Values[..images.Channels], reference, 0);
        return reference;
    }

    private static ChannelFactors Combined(ChannelFactors? first, ChannelFactors centring) => first is { } factors
        ? new ChannelFactors(factors.Scale, [.. factors.Shift.Zip(centring.Shift, (shift, other) => shift + other)])
        : centring;

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Vector<double> sums = Vector<double>.Zero;
        int index = 0;
        for (; index <= left.Length - Vector<double>.Count; index += Vector<double>.Count)
        {
            sums += new Vector<double>(left[index..]) * new Vector<double>(right[index..]);
        }

        double sum = Vector.Sum(sums);
        for (; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }

    private double[] Covariance()
    {
        int lanes = _groups * RowProduct.Lanes;
        double[] covariance = new double[_channels * _channels];
        for (int row = 0; row < _channels; row++)
        {
            for (int column = row / RowProduct.Lanes * RowProduct.Lanes; column < _channels; column++)
            {
                double value = (_products[(row * lanes) + column] / _pixels) - (_sums[row] / _pixels * (_sums[column] / _pixels));
                covariance[(row * _channels) + column] = covariance[(column * _channels) + row] = value;
            }
        }

        return covariance;
    }

    // By squares of sixteen channels, none of them twice.
    [SkipLocalsInit]
    private void Add(ReadOnlySpan<float> pixels, int count)
    {
        int lanes = _groups * RowProduct.Lanes;
        Span<float> sums = stackalloc float[GramProduct.Length];
        for (int row = 0; row < lanes; row += RowProduct.Lanes)
        {
            for (int column = row; column < lanes; column += RowProduct.Lanes)
            {
                GramProduct.Sum(pixels, count, _channels, row, column, sums);
                for (int line = 0; line < RowProduct.Rows; line++)
                {
                    Add(sums.Slice(line * RowProduct.Lanes, RowProduct.Lanes), _products.AsSpan(((row + line) * lanes) + column));
                }

                if (row == 0)
                {
                    Add(sums[(RowProduct.Rows * RowProduct.Lanes)..], _sums.AsSpan(column));
                }
            }
        }

        _pixels += count;
    }

    // Whole vectors, all of them.
    private static void Add(ReadOnlySpan<float> values, Span<double> sums)
    {
        Debug.Assert(values.Length % Vector<float>.Count == 0 && sums.Length >= values.Length, "Lanes are whole vectors.");
        int half = Vector<double>.Count;
        for (int lane = 0; lane < values.Length; lane += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[lane..]), out Vector<double> lower, out Vector<double> upper);
            (lower + new Vector<double>(sums[lane..])).CopyTo(sums[lane..]);
            (upper + new Vector<double>(sums[(lane + half)..])).CopyTo(sums[(lane + half)..]);
        }
    }

    private void Add(ChannelCovariance other)
    {
        for (int index = 0; index < _products.Length; index++)
        {
            _products[index] += other._products[index];
        }

        for (int index = 0; index < _sums.Length; index++)
        {
            _sums[index] += other._sums[index];
        }

        _pixels += other._pixels;
    }
}
