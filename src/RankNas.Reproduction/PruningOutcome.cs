namespace RankNas.Reproduction;

/// <summary>What pruning a supernet leaves.</summary>
/// <param name="Architecture">The architecture of the operations left.</param>
/// <param name="Evaluations">How many prunings were tried.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record PruningOutcome(Architecture Architecture, int Evaluations, double Seconds);
