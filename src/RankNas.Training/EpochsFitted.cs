namespace RankNas.Training;

/// <summary>After the first epoch, the number of epochs was lowered so that the schedule ends within <see cref="TrainingOptions.MaxDuration"/>.</summary>
/// <param name="Epochs">How many epochs there will be.</param>
public sealed record EpochsFitted(int Epochs) : TrainingEvent;
