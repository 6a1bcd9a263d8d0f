namespace RankNas.Fitting;

/// <summary>An architecture that was trained briefly.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Rank">Its rank in the search, from 1.</param>
/// <param name="Parameters">The number of its parameters.</param>
/// <param name="Epochs">How often its brief training went through the pictures.</param>
/// <param name="ValidationLoss">The cross-entropy on the validation pictures.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation pictures, from 0 to 1.</param>
public sealed record FitCandidate(Architecture Architecture, int Rank, long Parameters, int Epochs, double ValidationLoss, double ValidationAccuracy);
