using System.Globalization;
using RankNas.Initialization;

namespace RankNas.Torch;

/// <summary>The seed of a network's weights.</summary>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="Architecture">The architecture's text; empty for a network outside any search space.</param>
/// <param name="Repeat">Which of several initialisations, from 0.</param>
public readonly record struct WeightSeed(long Seed, string Architecture = "", int Repeat = 0)
{
    /// <summary>Gets one number derived from all three.</summary>
    public long Derive() => StableSeed.Derive(Seed, "weights", Architecture, Repeat.ToString(CultureInfo.InvariantCulture));
}
