namespace RankNas.Reproduction;

/// <summary>RS: architectures drawn at random. The baseline of NATS-Bench.</summary>
public sealed class RandomTraining : ITrainingBasedSearch
{
    /// <inheritdoc/>
    public string Id => "rs";

    /// <inheritdoc/>
    public Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        while (!training.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            training.Train(training.Space.Sample(training.Random));
        }

        return Task.CompletedTask;
    }
}
