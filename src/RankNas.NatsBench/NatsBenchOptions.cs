namespace RankNas.NatsBench;

/// <summary>Which of NATS-Bench's trainings a <see cref="NatsBenchFolder"/> uses.</summary>
public sealed record NatsBenchOptions
{
    private static readonly int[] KnownEpochs = [1, 12, 90, 200];
    private static readonly int[] KnownSeeds = [111, 777, 888, 999];

    /// <summary>Gets the number of epochs of the training, each with its own schedule: 12 or 200 in the topology space; 1, which the files
    /// call <c>01</c>, 12 or 90 in the size space.</summary>
    /// <value>The default is null: the longest in the file, 200 in the topology space, 90 in the size space.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int? Epochs { get; init => field = OneOf(value, KnownEpochs, "the longest", nameof(Epochs)); }

    /// <summary>Gets the seed of the training: 777, 888 or 999, and 111 in the topology space after 12 epochs.</summary>
    /// <value>The default is null: the mean over all seeds. Few architectures were trained with every seed; an architecture that was not trained with this seed on
    /// a data set has no figures for it.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int? Seed { get; init => field = OneOf(value, KnownSeeds, "the mean over all", nameof(Seed)); }

    private static int? OneOf(int? value, int[] known, string whatNullTakes, string name) => value is null || known.Contains(value.Value)
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, FormattableString.Invariant($"{name} is {value}: NATS-Bench has {string.Join(", ", known)}; null takes {whatNullTakes}."));
}
