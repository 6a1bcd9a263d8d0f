namespace RankNas.Tool.Bench;

/// <summary>How much a bench times.</summary>
/// <param name="Architectures">The sample of each space.</param>
/// <param name="Rounds">How often the quick contenders are timed on each block: a machine that others use too takes a tenth more or less from one second to the next.</param>
/// <param name="SlowOfCore">How many architectures of a block, for each core, the slow contenders are timed on.</param>
/// <param name="Limit">When the bench of a space ends, if it has not come to its end; at least one turn of each kind is timed.</param>
internal sealed record BenchEffort(int Architectures, int Rounds, int SlowOfCore, TimeSpan Limit)
{
    /// <summary>The architectures of a block for each core. Annealing asks for four at once, genetic search for a hundred: few enough that waiting at a block's end counts.</summary>
    public const int BlockOfCore = 6;

    /// <summary>Gets the one that ends within two minutes for a space.</summary>
    public static BenchEffort Brief { get; } = new(36, 1, 2, TimeSpan.FromSeconds(100));

    /// <summary>Gets the one whose figures are published.</summary>
    public static BenchEffort Thorough { get; } = new(36, 3, BlockOfCore, Timeout.InfiniteTimeSpan);
}
