namespace RankNas.Reproduction;

/// <summary>REA: regularised evolution. The winner of a tournament has a mutated child, and the oldest dies.</summary>
/// <remarks>Real et al., <em>Regularized Evolution for Image Classifier Architecture Search</em>, AAAI 2019; population and sample as in
/// Dong et al., <em>NATS-Bench</em>, TPAMI 2021.</remarks>
public class RegularizedEvolution : ITrainingBasedSearch
{
    /// <summary>The number of individuals alive at once.</summary>
    protected const int PopulationSize = 10;

    private const int TournamentSize = 3;

    /// <inheritdoc/>
    public virtual string Id => "rea";

    /// <inheritdoc/>
    public async Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        var population = new Queue<(Architecture Architecture, double Accuracy)>();
        IReadOnlyList<Architecture> firstGeneration = await DrawFirstGenerationAsync(training, cancellationToken).ConfigureAwait(false);
        foreach (Architecture first in firstGeneration.TakeWhile(_ => !training.IsOver))
        {
            population.Enqueue((first, training.Train(first)));
        }

        while (!training.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Architecture parent = Enumerable.Range(0, TournamentSize)
                .Select(_ => population.ElementAt(training.Random.Next(population.Count)))
                .MaxBy(individual => individual.Accuracy).Architecture;
            Architecture child = training.Space.Mutate(parent, training.Random);
            population.Enqueue((child, training.Train(child)));
            population.Dequeue();
        }
    }

    /// <summary>Draws the first generation.</summary>
    /// <param name="training">The space and the generator.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    protected virtual Task<IReadOnlyList<Architecture>> DrawFirstGenerationAsync(SimulatedTraining training, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Task.FromResult<IReadOnlyList<Architecture>>(Draw(training, PopulationSize));
    }

    private protected static Architecture[] Draw(SimulatedTraining training, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => training.Space.Sample(training.Random))];
}
