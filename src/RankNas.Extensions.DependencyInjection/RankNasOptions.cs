using System.ComponentModel.DataAnnotations;

namespace RankNas;

/// <summary>The settings of a search that belong in configuration.</summary>
public sealed class RankNasOptions
{
    /// <summary>Gets or sets how many distinct architectures may be scored.</summary>
    /// <value>The default is 1,000; at least 1.</value>
    [Range(1, int.MaxValue)]
    public int Budget { get; set; } = 1000;

    /// <summary>Gets or sets the seed that all weights, the noise and the strategy come from.</summary>
    /// <value>The default is 0.</value>
    public long Seed { get; set; }

    /// <summary>Gets or sets a CIFAR-10 or CIFAR-100 binary file, or a folder of them.</summary>
    /// <value>The default is null: a seeded synthetic batch serves.</value>
    public string? Images { get; set; }

    /// <summary>Gets or sets how many images the proxies look at.</summary>
    /// <value>The default is 128; at least 1.</value>
    [Range(1, int.MaxValue)]
    public int BatchSize { get; set; } = 128;

    /// <summary>Gets or sets over how many initialisations each score is averaged.</summary>
    /// <value>The default is 1; at least 1.</value>
    [Range(1, int.MaxValue)]
    public int Repeats { get; set; } = 1;

    /// <summary>Gets or sets how many architectures are scored at once.</summary>
    /// <value>The default is null: one for each core, as far as memory allows.</value>
    [Range(1, int.MaxValue)]
    public int? Workers { get; set; }

    /// <summary>Gets or sets the number format that networks run in.</summary>
    /// <value>The default is <see cref="Precision.Float32"/>.</value>
    [EnumDataType(typeof(Precision))]
    public Precision Precision { get; set; } = Precision.Float32;

    /// <summary>Gets or sets whether architectures that build the same network are scored once only.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool TreatEqualGraphsAsOne { get; set; }
}
