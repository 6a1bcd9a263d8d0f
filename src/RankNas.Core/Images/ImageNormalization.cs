using System.Text.Json.Serialization;

namespace RankNas.Images;

/// <summary>The normalisation of input images: each channel minus its mean, divided by its standard deviation.</summary>
public sealed record ImageNormalization
{
    /// <summary>Initializes the normalisation.</summary>
    /// <param name="mean">The mean of each channel, of pixels from 0 to 1.</param>
    /// <param name="deviation">The standard deviation of each channel, of pixels from 0 to 1; greater than 0, one per mean.</param>
    /// <exception cref="ArgumentException">The lists are empty or of different lengths, a number is not finite, or a deviation is not positive.</exception>
    public ImageNormalization(IEnumerable<double> mean, IEnumerable<double> deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        Mean = [.. mean];
        Deviation = [.. deviation];
        if (Mean.IsEmpty || Mean.Length != Deviation.Length)
        {
            throw new ArgumentException($"There are {Mean.Length} means and {Deviation.Length} deviations: give one of each for every channel.", nameof(deviation));
        }

        if (!Mean.All(double.IsFinite) || !Deviation.All(value => double.IsFinite(value) && value > 0))
        {
            throw new ArgumentException("Means are finite, and standard deviations finite and greater than 0.", nameof(deviation));
        }
    }

    // JSON is read by a constructor whose parameters are of the properties' types.
    [JsonConstructor]
    internal ImageNormalization(ImmutableArray<double> mean, ImmutableArray<double> deviation)
        : this(mean.IsDefault ? [] : mean.AsEnumerable(), deviation.IsDefault ? [] : deviation.AsEnumerable())
    {
    }

    /// <summary>Gets the mean of each channel, of pixels from 0 to 1.</summary>
    public ImmutableArray<double> Mean { get; }

    /// <summary>Gets the standard deviation of each channel, of pixels from 0 to 1.</summary>
    public ImmutableArray<double> Deviation { get; }

    /// <summary>Tells whether the other has the same numbers.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(ImageNormalization? other) =>
        other is not null && Mean.AsSpan().SequenceEqual(other.Mean.AsSpan()) && Deviation.AsSpan().SequenceEqual(other.Deviation.AsSpan());

    /// <summary>Hashes the numbers.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (double number in Mean.Concat(Deviation))
        {
            hash.Add(number);
        }

        return hash.ToHashCode();
    }
}
