using System.Collections.Immutable;

namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="MobileNetSpace"/>.</summary>
public sealed record MobileNetOptions
{
    /// <summary>The smallest width multiplier.</summary>
    public const double LeastWidth = 0.05;

    /// <summary>The largest width multiplier.</summary>
    public const double MostWidth = 4;

    /// <summary>Gets the width multipliers to choose among, each once, in ascending order, from 0.05 to 4. One alone fixes the width.</summary>
    /// <value>The default is 0.15, 0.25, 0.35, 0.5, 0.75 and 1: from microcontrollers to phones.</value>
    public ImmutableArray<double> Widths { get; init => field = SettingChecks.Ascending(value, LeastWidth, MostWidth, nameof(Widths)); } = [0.15, 0.25, 0.35, 0.5, 0.75, 1];

    /// <summary>Gets the height and width of the images in pixels, to which a search resizes its images; from 8 to 4,096.</summary>
    /// <value>The default is null: the images are as large as they are.</value>
    public int? Resolution { get; init => field = SettingChecks.Resolution(value); }

    /// <summary>Compares the settings, the widths by their values.</summary>
    public bool Equals(MobileNetOptions? other) => other is not null && Resolution == other.Resolution && Widths.SequenceEqual(other.Widths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Resolution, Widths.Length, Widths[0]);
}
