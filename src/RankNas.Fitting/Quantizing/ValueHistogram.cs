namespace RankNas.Fitting.Quantizing;

/// <summary>The values of an activation: first their range, then how many there are in each part of it.</summary>
internal sealed class ValueHistogram
{
    private const int Bins = 8192;

    private readonly long[] _counts = new long[Bins];
    private float _low = float.PositiveInfinity;
    private float _high = float.NegativeInfinity;

    /// <summary>Gets the range of all values.</summary>
    public ValueRange Whole => new(_low, _high);

    public void Widen(ReadOnlySpan<float> values)
    {
        (float low, float high) = (_low, _high);
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new InvalidDataException("The model computes values that are not finite, which 8 bits cannot hold: was it trained?");
            }

            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        (_low, _high) = (low, high);
    }

    /// <summary>Counts values that the range was widened to before.</summary>
    public void Count(ReadOnlySpan<float> values)
    {
        double bins = _high > _low ? Bins / ((double)_high - _low) : 0;
        foreach (float value in values)
        {
            _counts[Math.Min(Bins - 1, (int)((value - (double)_low) * bins))]++;
        }
    }

    /// <summary>Gets the range that holds a share of the values, as much of the rest being below as above.</summary>
    public ValueRange Holding(double share)
    {
        double outside = _counts.Sum() * (1 - share) / 2;
        double width = ((double)_high - _low) / Bins;
        int first = Cut(_counts, outside);
        int last = Bins - 1 - Cut([.. _counts.Reverse()], outside);
        return first > last ? Whole : new ValueRange(_low + first * width, _low + (last + 1) * width);
    }

    // How many bins may go before more than so many values have gone.
    private static int Cut(long[] counts, double most)
    {
        long gone = 0;
        int bin = 0;
        while (bin < counts.Length - 1 && gone + counts[bin] <= most)
        {
            gone += counts[bin++];
        }

        return bin;
    }
}
