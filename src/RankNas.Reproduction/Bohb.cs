using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction;

/// <summary>BOHB: the next architecture is where good ones are dense and bad ones are not, trained in HyperBand's brackets of 1, 4 and 12 epochs. Where only the accuracy
/// after all epochs is known, every training is of all epochs, without brackets.</summary>
/// <remarks>Falkner et al., <em>BOHB: Robust and Efficient Hyperparameter Optimization at Scale</em>, ICML 2018, with the settings of Dong
/// et al., <em>NATS-Bench</em>, TPAMI 2021: 4 samples, no random fraction, bandwidths of at least 0.3, η = 3.</remarks>
public sealed class Bohb : ITrainingBasedSearch
{
    private const int Candidates = 4;
    private const double GoodFraction = 0.15;
    private const int LeastEpochs = 1;
    private const int Eta = 3;

    /// <inheritdoc/>
    public string Id => "bohb";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The space is no <see cref="GenomeSearchSpace"/>.</exception>
    public Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default)
    {
        GenomeSearchSpace space = Genomes.Of(training, Id);
        var seen = new SortedDictionary<int, List<(Architecture Architecture, double Accuracy)>>();
        for (int iteration = 0; !training.IsOver; iteration++)
        {
            Architecture[] kept = [];
            foreach (Rung rung in BracketOf(training, iteration))
            {
                if (!seen.TryGetValue(rung.Epochs, out List<(Architecture Architecture, double Accuracy)>? trained))
                {
                    seen.Add(rung.Epochs, trained = []);
                }

                int before = trained.Count;
                for (int place = 0; place < rung.Architectures && !training.IsOver; place++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Architecture next = kept.Length > 0 ? kept[place] : Propose(space, seen, training.Random);
                    trained.Add((next, training.HasShorterTrainings ? training.Train(next, rung.Epochs) : training.Train(next)));
                }

                kept = [.. trained.Skip(before).OrderByDescending(one => one.Accuracy).Select(one => one.Architecture)];
            }
        }

        return Task.CompletedTask;
    }

    private static Rung[] BracketOf(SimulatedTraining training, int iteration) => training.HasShorterTrainings
        ? HyperBand.BracketOf(iteration, LeastEpochs, SimulatedTraining.Epochs, Eta)
        : [new Rung(1, SimulatedTraining.Epochs)];

    private static Architecture Propose(
        GenomeSearchSpace space, SortedDictionary<int, List<(Architecture Architecture, double Accuracy)>> seen, Random random)
    {
        // As many points as there are dimensions, and one more, for each density: of the longest training that has them.
        int least = space.Alleles.Length + 1;
        if (seen.Values.LastOrDefault(trained => trained.Count >= 2 * least) is not { } modelled)
        {
            return space.Sample(random);
        }

        Architecture[] ordered = [.. modelled.OrderByDescending(trained => trained.Accuracy).Select(trained => trained.Architecture)];
        int goodCount = Math.Max(least, (int)(GoodFraction * ordered.Length));
        int badCount = Math.Max(least, (int)((1 - GoodFraction) * ordered.Length));
        var good = new CategoricalDensity(space.Alleles, ordered[..goodCount]);
        var bad = new CategoricalDensity(space.Alleles, [.. ordered.Skip(goodCount).Take(badCount)]);
        return Enumerable.Range(0, Candidates)
            .Select(_ => Genomes.DrawViable(space, () => good.Draw(random)))
            .MaxBy(candidate => good.Of(candidate) / bad.Of(candidate))!;
    }
}
