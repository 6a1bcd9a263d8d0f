namespace RankNas.Training;

/// <summary>A checkpoint was saved.</summary>
/// <param name="File">The file.</param>
/// <param name="Epoch">The epoch, from 0, that a resumed training goes on with.</param>
/// <param name="Batch">How many of its batches are done.</param>
public sealed record CheckpointSaved(string File, int Epoch, int Batch) : TrainingEvent;
