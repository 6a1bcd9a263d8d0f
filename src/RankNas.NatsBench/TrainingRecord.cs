namespace RankNas.NatsBench;

/// <summary>The accuracy and the costs of training an architecture on a data set. Each figure is the mean over the seeds.</summary>
/// <param name="Accuracy">The accuracy after the last epoch.</param>
/// <param name="Epochs">The number of epochs, at least 1.</param>
/// <param name="ParametersMillions">The network's parameters, in millions.</param>
/// <param name="FlopsMillions">The network's multiply-accumulates for one image, in millions; NATS-Bench calls them FLOPs.</param>
/// <param name="LatencySeconds">The latency of the trained network for a batch, in seconds; null if it was not measured.</param>
/// <param name="TrainSeconds">The time of all epochs, in seconds, of the training for <see cref="Accuracy.Validation"/>; the
/// test accuracy on CIFAR-10 is from another training, on twice as many images. Null if it was not measured.</param>
/// <param name="ValidationSeconds">The time of one evaluation on the validation set, in seconds; null if it was not measured.</param>
public sealed record TrainingRecord(
    Accuracy Accuracy,
    int Epochs,
    double ParametersMillions,
    double FlopsMillions,
    double? LatencySeconds,
    double? TrainSeconds,
    double? ValidationSeconds)
{
    /// <summary>Gets the time that a training-based search needs for the validation accuracy: all epochs and one validation, in seconds.</summary>
    /// <remarks>As NATS-Bench's <c>simulate_train_eval</c>, but the mean over all seeds instead of a random one.</remarks>
    public double? SearchSeconds => TrainSeconds + ValidationSeconds;
}
