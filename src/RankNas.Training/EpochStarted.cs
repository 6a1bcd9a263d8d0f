namespace RankNas.Training;

/// <summary>An epoch begins.</summary>
/// <param name="Epoch">Which, from 0.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="LearningRate">The learning rate of its first step.</param>
public sealed record EpochStarted(int Epoch, int Epochs, double LearningRate) : TrainingEvent;
