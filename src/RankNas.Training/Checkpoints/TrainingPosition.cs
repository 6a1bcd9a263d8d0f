namespace RankNas.Training.Checkpoints;

/// <summary>Where a training stands between two steps.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Batch">How many of its batches are done.</param>
/// <param name="Step">How many steps are done in all.</param>
/// <param name="Epochs">How many epochs there will be.</param>
/// <param name="LossSum">The sum of the epoch's losses, each times its images.</param>
/// <param name="Right">How many of the epoch's images were right.</param>
/// <param name="Seen">How many of the epoch's images there were.</param>
/// <param name="EpochSeconds">How long the epoch has taken.</param>
/// <param name="Seconds">How long all has taken.</param>
internal sealed record TrainingPosition(
    int Epoch, int Batch, long Step, int Epochs, double LossSum, long Right, long Seen, double EpochSeconds, double Seconds);
