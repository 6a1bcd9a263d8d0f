namespace RankNas.Reproduction;

/// <summary>The settings of <see cref="SupernetPruning"/>; the defaults are those of the authors' program.</summary>
public sealed record SupernetPruningOptions
{
    /// <summary>Gets how many images the neural tangent kernel is of, at least 2.</summary>
    /// <value>The default is 72.</value>
    public int KernelImages { get; init => field = AtLeast(2, value, nameof(KernelImages)); } = 72;

    /// <summary>Gets how many crops of 3×3 pixels the linear regions are counted by, at least 2.</summary>
    /// <value>The default is 3,000.</value>
    public int Crops { get; init => field = AtLeast(2, value, nameof(Crops)); } = 3000;

    /// <summary>Gets over how many initialisations each change is averaged, at least 1.</summary>
    /// <value>The default is 3.</value>
    public int Repeats { get; init => field = AtLeast(1, value, nameof(Repeats)); } = 3;

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}: it must be at least {least}."));
}
