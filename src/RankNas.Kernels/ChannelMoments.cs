using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Vectors;

namespace RankNas.Kernels;

/// <summary>Mean and variance of each channel, taken block by block of pixels as they come.</summary>
internal sealed class ChannelMoments
{
    /// <summary>As many values stay in the first-level cache from channel group to channel group, and their sums exact enough in float32.</summary>
    public const int ValuesOfBlock = 8192;

    private readonly int _channels;
    private readonly int _period;
    private readonly float[] _reference;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private long _pixels;

    /// <summary>Initializes the moments of no pixels.</summary>
    /// <param name="channels">The number of channels.</param>
    public ChannelMoments(int channels)
    {
        _channels = channels;
        _period = ChannelFactors.PeriodOf(channels);
        _reference = new float[_period];
        _sums = new double[_period];
        _squares = new double[_period];
    }

    /// <summary>Takes the moments of images.</summary>
    public static ChannelMoments Of<T>(PixelMemory<T> images)
        where T : unmanaged, IPixelValue<T>
    {
        ChannelMoments[] parts = OfParts(images);
        images.ForEachPart(part => parts[part.Index].Add<T>(images.ValuesOf(part)));
        return Of(parts);
    }

    /// <summary>Gets moments of no pixels for each part of images.</summary>
    public static ChannelMoments[] OfParts<T>(PixelMemory<T> images)
        where T : unmanaged, IPixelValue<T> => OfParts(images, images.Channels);

    /// <summary>Gets moments of no pixels for each part of images, of so many channels.</summary>
    public static ChannelMoments[] OfParts<T>(PixelMemory<T> images, int channels)
        where T : unmanaged, IPixelValue<T> =>
        [.. Enumerable.Range(0, ImagePart.CountOf(images.Images)).Select(_ => new ChannelMoments(channels))];

    /// <summary>Gets moments that are known.</summary>
    /// <param name="pixels">How many pixels they are of.</param>
    /// <param name="means">The mean of each channel.</param>
    /// <param name="variances">The variance of each channel.</param>
    public static ChannelMoments Of(long pixels, ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var moments = new ChannelMoments(means.Length) { _pixels = pixels };
        for (int channel = 0; channel < means.Length; channel++)
        {
            double deviation = means[channel] - (moments._reference[channel] = (float)means[channel]);
            (moments._sums[channel], moments._squares[channel]) = (deviation * pixels, (variances[channel] + (deviation * deviation)) * pixels);
        }

        return moments;
    }

    /// <summary>Takes the moments of all parts of images together; those of the first are used up.</summary>
    /// <param name="parts">Theirs, in their order.</param>
    public static ChannelMoments Of(ChannelMoments[] parts)
    {
        foreach (ChannelMoments part in parts)
        {
            part.AddCopies();
        }

        foreach (ChannelMoments part in parts[1..])
        {
            parts[0].Add(part);
        }

        return parts[0];
    }

    /// <summary>Adds pixels.</summary>
    /// <param name="pixels">Their values <c>[pixel, C]</c>.</param>
    public void Add<T>(ReadOnlySpan<T> pixels)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(pixels.Length % _channels == 0, "Pixels are whole.");
        if (_pixels == 0)
        {
            // Deviations from one pixel, which has about the right size: a mean far from 0 costs no digits.
            for (int index = 0; index < _period; index++)
            {
                _reference[index] = (float)pixels[index % _channels];
            }
        }

        int whole = pixels.Length / _period * _period;
        int valuesOfBlock = Math.Max(1, ValuesOfBlock / _period) * _period;
        for (int block = 0; block < whole; block += valuesOfBlock)
        {
            AddBlock(pixels.Slice(block, Math.Min(valuesOfBlock, whole - block)));
        }

        for (int index = whole; index < pixels.Length; index++)
        {
            double deviation = (float)pixels[index] - _reference[index - whole];
            _sums[index - whole] += deviation;
            _squares[index - whole] += deviation * deviation;
        }

        _pixels += pixels.Length / _channels;
    }

    /// <summary>Gets what normalises the channels: y = x · scale + shift = (x − mean)/√(variance + ε) · weight + bias.</summary>
    /// <param name="weight">The weight of each channel.</param>
    /// <param name="bias">The bias of each channel.</param>
    /// <param name="epsilon">ε.</param>
    public ChannelFactors FactorsOf(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double epsilon)
    {
        AddCopies();
        var factors = new ChannelFactors(new float[_period], new float[_period]);
        for (int channel = 0; channel < _channels; channel++)
        {
            double deviation = _sums[channel] / _pixels;
            double variance = Math.Max(0, _squares[channel] / _pixels - deviation * deviation);
            double factor = weight[channel] / Math.Sqrt(variance + epsilon);
            for (int index = channel; index < _period; index += _channels)
            {
                factors.Scale[index] = (float)factor;
                factors.Shift[index] = (float)(bias[channel] - (_reference[channel] + deviation) * factor);
            }
        }

        return factors;
    }

    // Deviations from the other pixel become deviations from this one's.
    private void Add(ChannelMoments other)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            double difference = (double)other._reference[channel] - _reference[channel];
            _squares[channel] += other._squares[channel] + difference * (2 * other._sums[channel] + difference * other._pixels);
            _sums[channel] += other._sums[channel] + difference * other._pixels;
        }

        _pixels += other._pixels;
    }

    // Each channel's sums come together in one.
    private void AddCopies()
    {
        for (int index = _channels; index < _period; index++)
        {
            _sums[index % _channels] += _sums[index];
            _squares[index % _channels] += _squares[index];
            (_sums[index], _squares[index]) = (0, 0);
        }
    }

    private void AddBlock<T>(ReadOnlySpan<T> block)
        where T : unmanaged, IPixelValue<T>
    {
        if (Lanes16.IsSupported)
        {
            AddBlock<T, Lanes16>(block);
        }
        else if (Lanes8.IsSupported)
        {
            AddBlock<T, Lanes8>(block);
        }
        else
        {
            AddBlock<T, Lanes4>(block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock<T, TVector>(ReadOnlySpan<T> block)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        nuint period = (nuint)_period;
        nuint length = (nuint)block.Length;
        ref T start = ref MemoryMarshal.GetReference(block);
        for (int group = 0; group < _period; group += TVector.Count)
        {
            TVector origin = TVector.Load(ref _reference[group], 0);
            TVector sumA = default, sumB = default, squareA = default, squareB = default;
            nuint offset = (nuint)group;
            for (; offset + period < length; offset += 2 * period)
            {
                TVector a = T.Load<TVector>(ref start, offset) - origin;
                TVector b = T.Load<TVector>(ref start, offset + period) - origin;
                sumA += a;
                sumB += b;
                squareA = TVector.MultiplyAdd(a, a, squareA);
                squareB = TVector.MultiplyAdd(b, b, squareB);
            }

            if (offset < length)
            {
                TVector a = T.Load<TVector>(ref start, offset) - origin;
                sumA += a;
                squareA = TVector.MultiplyAdd(a, a, squareA);
            }

            (sumA + sumB).AddTo(ref _sums[group]);
            (squareA + squareB).AddTo(ref _squares[group]);
        }
    }
}
