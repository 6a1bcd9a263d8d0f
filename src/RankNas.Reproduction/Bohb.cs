using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction;

/// <summary>BOHB's model: the next architecture is where good ones are dense and bad ones are not. At one fidelity, that of the
/// benchmark's short training, so without HyperBand's brackets.</summary>
/// <remarks>Falkner et al., <em>BOHB: Robust and Efficient Hyperparameter Optimization at Scale</em>, ICML 2018, with the settings of Dong
/// et al., <em>NATS-Bench</em>, TPAMI 2021.</remarks>
public sealed class Bohb : ITrainingBasedSearch
{
    private const double RandomFraction = 0.33;
    private const double GoodFraction = 0.15;
    private const int Candidates = 64;

    /// <inheritdoc/>
    public string Id => "bohb";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The space is no <see cref="GenomeSearchSpace"/>.</exception>
    public Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default)
    {
        GenomeSearchSpace space = Genomes.Of(training, Id);
        var seen = new List<(Architecture Architecture, double Accuracy)>();
        while (!training.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Architecture next = training.Random.NextDouble() < RandomFraction ? space.Sample(training.Random) : Propose(space, seen, training.Random);
            seen.Add((next, training.Train(next)));
        }

        return Task.CompletedTask;
    }

    private static Architecture Propose(GenomeSearchSpace space, List<(Architecture Architecture, double Accuracy)> seen, Random random)
    {
        // As many points as there are dimensions, and one more, for each density.
        int least = space.Alleles.Length + 1;
        if (seen.Count < 2 * least)
        {
            return space.Sample(random);
        }

        Architecture[] ordered = [.. seen.OrderByDescending(trained => trained.Accuracy).Select(trained => trained.Architecture)];
        int goodCount = Math.Max(least, (int)(GoodFraction * ordered.Length));
        int badCount = Math.Max(least, (int)((1 - GoodFraction) * ordered.Length));
        var good = new CategoricalDensity(space.Alleles, ordered[..goodCount]);
        var bad = new CategoricalDensity(space.Alleles, ordered[^badCount..]);
        return Enumerable.Range(0, Candidates)
            .Select(_ => Genomes.DrawViable(space, () => good.Draw(random)))
            .MaxBy(candidate => good.Of(candidate) / bad.Of(candidate))!;
    }
}
