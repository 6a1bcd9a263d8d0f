using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>Aging evolution: parents are selected by rank tournaments, and the oldest individuals are removed, not the worst.</summary>
/// <remarks>
/// Real et al., <em>Regularized Evolution for Image Classifier Architecture Search</em>, AAAI 2019, with the two parents and three
/// children of Cavagnero et al., <em>FreeREA</em>, WACV 2023: each parent mutated, and a child of both.
/// </remarks>
public sealed class AgingEvolution : ISearchStrategy
{
    /// <summary>Initializes the strategy.</summary>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">The tournament is larger than the population.</exception>
    public AgingEvolution(AgingEvolutionOptions? options = null)
    {
        Options = options ?? new AgingEvolutionOptions();
        if (Options.TournamentSize > Options.PopulationSize)
        {
            throw new ArgumentException(
                $"TournamentSize is {Options.TournamentSize}: it must be at most PopulationSize, {Options.PopulationSize}.", nameof(options));
        }
    }

    /// <summary>Gets the settings.</summary>
    public AgingEvolutionOptions Options { get; }

    /// <inheritdoc/>
    public string Id => "ageing";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"population-size={Options.PopulationSize}, tournament-size={Options.TournamentSize}, tournaments-per-step={Options.TournamentsPerStep}, steps-at-once={Options.StepsAtOnce}, patience={Options.Patience}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var draws = new DistinctDraws(context.Space, context.Random, Options.PopulationSize);
        var population = new Queue<ScoredArchitecture>(
            await context.EvaluateAsync(draws.Take(Options.PopulationSize), cancellationToken).ConfigureAwait(false));
        var history = new Dictionary<Architecture, ScoredArchitecture>();
        Remember(history, population);

        var underWay = new Queue<Task<IReadOnlyList<ScoredArchitecture>>>();
        for (int idle = 0; idle < Options.Patience && population.Count > 1 && !context.ShouldEnd(cancellationToken); idle++)
        {
            while (underWay.Count < Options.StepsAtOnce)
            {
                Architecture[] children = [.. Enumerable.Range(0, Options.TournamentsPerStep).SelectMany(_ => Breed(context, [.. population]))];
                underWay.Enqueue(context.EvaluateAsync(children, cancellationToken));
            }

            // In the order in which they were bred, whichever is scored first.
            IReadOnlyList<ScoredArchitecture> scored = await underWay.Dequeue().ConfigureAwait(false);
            foreach (ScoredArchitecture child in scored)
            {
                population.Enqueue(child);
            }

            while (population.Count > Options.PopulationSize)
            {
                population.Dequeue();
            }

            if (Remember(history, scored))
            {
                idle = -1;
            }
        }

        foreach (Task<IReadOnlyList<ScoredArchitecture>> last in underWay)
        {
            Remember(history, await last.ConfigureAwait(false));
        }

        return [.. history.Values];
    }

    private Architecture[] Breed(ISearchContext context, ScoredArchitecture[] population)
    {
        context.Random.Shuffle(population);
        IReadOnlyList<ScoredArchitecture> tournament = context.Rank([.. population.Take(Options.TournamentSize)]);
        Architecture first = tournament[0].Architecture;
        Architecture second = tournament[Math.Min(1, tournament.Count - 1)].Architecture;
        return
        [
            context.Space.Mutate(first, context.Random),
            context.Space.Mutate(second, context.Random),
            context.Space.Crossover(first, second, context.Random).First,
        ];
    }

    private static bool Remember(Dictionary<Architecture, ScoredArchitecture> history, IEnumerable<ScoredArchitecture> scored)
    {
        int before = history.Count;
        foreach (ScoredArchitecture individual in scored)
        {
            history.TryAdd(individual.Architecture, individual);
        }

        return history.Count > before;
    }
}
