namespace RankNas.Training;

/// <summary>A step is done.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Batch">Which batch, from 0.</param>
/// <param name="Batches">How many the epoch has.</param>
/// <param name="Loss">The loss of the batch.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="TimeLeft">How long the training may still take, at its speed so far.</param>
public sealed record BatchCompleted(int Epoch, int Batch, int Batches, double Loss, double LearningRate, TimeSpan TimeLeft) : TrainingEvent;
