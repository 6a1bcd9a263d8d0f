namespace RankNas.NatsBench;

/// <summary>What came of training an architecture on a data set, and what it cost. Each figure is the mean over the seeds.</summary>
/// <param name="Accuracy">The accuracy after the last epoch.</param>
/// <param name="Epochs">How many epochs the training took, at least 1.</param>
/// <param name="ParametersMillions">The network's parameters, in millions.</param>
/// <param name="FlopsMillions">The network's multiply-accumulates for one image, in millions; NATS-Bench calls them FLOPs.</param>
/// <param name="LatencySeconds">How long the trained network took for a batch, in seconds; null where it was not measured.</param>
/// <param name="TrainSeconds">How long all epochs took together, in seconds, of the training that <see cref="Accuracy.Validation"/> is of; the
/// test accuracy on CIFAR-10 is of another training, on twice the images. Null where it was not measured.</param>
/// <param name="ValidationSeconds">How long one evaluation on the validation set took, in seconds; null where it was not measured.</param>
public sealed record TrainingRecord(
    Accuracy Accuracy,
    int Epochs,
    double ParametersMillions,
    double FlopsMillions,
    double? LatencySeconds,
    double? TrainSeconds,
    double? ValidationSeconds)
{
    /// <summary>Gets what a search pays to learn the validation accuracy by training: all epochs and one validation, in seconds.</summary>
    /// <remarks>It is what NATS-Bench's <c>simulate_train_eval</c> charges, of all seeds instead of one drawn at random.</remarks>
    public double? SearchSeconds => TrainSeconds + ValidationSeconds;
}
