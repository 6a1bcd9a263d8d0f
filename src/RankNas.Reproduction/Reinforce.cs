using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction;

/// <summary>RL: a policy of one softmax for each gene, led by REINFORCE with a moving average as its baseline, and Adam.</summary>
/// <remarks>Williams, <em>Simple statistical gradient-following algorithms</em>, Machine Learning 1992; rate and baseline as in Dong et
/// al., <em>NATS-Bench</em>, TPAMI 2021.</remarks>
public sealed class Reinforce : ITrainingBasedSearch
{
    private const double LearningRate = 0.01;
    private const double BaselineMomentum = 0.9;

    /// <inheritdoc/>
    public string Id => "reinforce";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The space is no <see cref="GenomeSearchSpace"/>.</exception>
    public Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default)
    {
        GenomeSearchSpace space = Genomes.Of(training, Id);
        var policy = new SoftmaxPolicy(space.Alleles, LearningRate);
        var baseline = new ExponentialAverage(BaselineMomentum);
        while (!training.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Architecture architecture = Genomes.DrawViable(space, () => policy.Draw(training.Random));
            double reward = training.Train(architecture);
            policy.Reinforce(architecture.Genes, reward - baseline.Update(reward));
        }

        return Task.CompletedTask;
    }
}
