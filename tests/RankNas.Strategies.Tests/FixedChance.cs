namespace RankNas.Strategies.Tests;

/// <summary>A generator like any other, whose u of the acceptance is always the same.</summary>
internal sealed class FixedChance(int seed, double chance) : Random(seed)
{
    public override double NextDouble() => chance;
}
