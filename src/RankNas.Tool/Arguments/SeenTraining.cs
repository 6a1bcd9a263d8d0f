using RankNas.Reproduction;

namespace RankNas.Tool.Arguments;

/// <summary>What training-based searches see.</summary>
/// <param name="Train">What a training of all epochs brings.</param>
/// <param name="TrainFor">What one of fewer epochs brings; null if that is not known.</param>
internal sealed record SeenTraining(Func<Architecture, TrainingOutcome> Train, Func<Architecture, int, TrainingOutcome>? TrainFor);
