namespace RankNas.Tool.Bench.Contenders;

/// <summary>What a contender took for a block of architectures, as its process writes it on a line.</summary>
/// <param name="Seconds">The time.</param>
/// <param name="PeakMegabytes">The most memory that its process held while it scored the block.</param>
/// <param name="AllocatedMegabytes">What it allocated in managed memory for the block.</param>
internal sealed record BlockFigures(double Seconds, double PeakMegabytes, double AllocatedMegabytes)
{
    public static BlockFigures Parse(string line)
    {
        double[] figures = [.. line.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
        return new BlockFigures(figures[0], figures[1], figures[2]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:R} {PeakMegabytes:R} {AllocatedMegabytes:R}");
}
