using System.Collections.Immutable;

namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="VisionTransformerSpace"/>.</summary>
public sealed record VisionTransformerOptions
{
    /// <summary>Gets the patch sizes in pixels to choose among, each once, in ascending order, from 1 to 64. One alone fixes the patch size.</summary>
    /// <value>The default is 4 and 8, for images of 32×32; 16 is usual for 224×224.</value>
    public ImmutableArray<int> Patches { get; init => field = SettingChecks.Ascending(value, 1, 64, nameof(Patches)); } = [4, 8];

    /// <summary>Gets the height and width of the images in pixels, to which a search resizes its images; from 8 to 4,096.</summary>
    /// <value>The default is null: the images are as large as they are.</value>
    public int? Resolution { get; init => field = SettingChecks.Resolution(value); }

    /// <summary>Compares the settings, the patch sizes by their values.</summary>
    public bool Equals(VisionTransformerOptions? other) => other is not null && Resolution == other.Resolution && Patches.SequenceEqual(other.Patches);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Resolution, Patches.Length, Patches[0]);
}
