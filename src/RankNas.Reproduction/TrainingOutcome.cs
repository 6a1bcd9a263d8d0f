namespace RankNas.Reproduction;

/// <summary>What training an architecture for a while brings.</summary>
/// <param name="ValidationAccuracy">The accuracy on the validation set, in percent.</param>
/// <param name="Seconds">How long training and validation took.</param>
public readonly record struct TrainingOutcome(double ValidationAccuracy, double Seconds);
