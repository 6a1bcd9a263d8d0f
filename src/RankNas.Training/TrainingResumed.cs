namespace RankNas.Training;

/// <summary>A checkpoint was loaded.</summary>
/// <param name="Epoch">The epoch that goes on, from 0.</param>
/// <param name="Batch">How many of its batches are done.</param>
public sealed record TrainingResumed(int Epoch, int Batch) : TrainingEvent;
