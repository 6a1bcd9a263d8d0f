namespace RankNas.Training;

/// <summary>What a training ended in. The network has the weights that this describes.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Epochs">How many epochs were planned; fewer than in the options where <see cref="TrainingOptions.MaxDuration"/> allowed fewer.</param>
/// <param name="WeightsOf">The epoch, from 0, whose weights the network has; null where no epoch was finished, and it has the last weights.</param>
/// <param name="History">How the epochs went.</param>
/// <param name="Validation">The validation images' figures for the network as it is now; null without validation images, and where training was cancelled.</param>
/// <param name="Elapsed">How long it took, resumed parts included.</param>
public sealed record TrainingResult(
    TrainingEnd End, int Epochs, int? WeightsOf, TrainingHistory History, ClassificationMetrics? Validation, TimeSpan Elapsed);
