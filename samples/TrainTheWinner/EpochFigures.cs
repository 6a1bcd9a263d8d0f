namespace TrainTheWinner;

/// <summary>How an epoch went: the mean loss, and the share of images that were right while they were trained on.</summary>
internal sealed record EpochFigures(double Loss, double Accuracy, TimeSpan Elapsed);
