namespace RankNas.Reproduction;

/// <summary>What a run of a search starts from.</summary>
/// <param name="Strategy">The strategy's seed: the run's number, from 0.</param>
/// <param name="Initialisation">Which set of weights and images the scores are of, from 0: the run's number modulo the number of sets.</param>
public readonly record struct RunSeeds(int Strategy, int Initialisation);
