using System.Numerics;
using MathNet.Numerics.Statistics;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas.Evaluation;

/// <summary>Measures how often strategies find the best architecture of a space, with stored scores of the whole space.</summary>
public static class StrategyStudy
{
    /// <summary>Runs each strategy many times, with the same scores and another seed each time.</summary>
    /// <param name="createBuilder">Creates a builder with space, images, proxies, seed and store; strategy and budget are set here.
    /// Scores that the store does not have are computed.</param>
    /// <param name="space">The space.</param>
    /// <param name="strategies">The strategies.</param>
    /// <param name="budget">How many architectures each run may score.</param>
    /// <param name="runs">How many runs of each strategy; their seeds are 0, 1, ….</param>
    /// <param name="cancellationToken">Cancels the study.</param>
    /// <returns>The outcome of each strategy, in the given order.</returns>
    /// <exception cref="OperationCanceledException">The study was cancelled.</exception>
    public static async Task<IReadOnlyList<StrategyOutcome>> RunAsync(
        Func<NasBuilder> createBuilder,
        ISearchSpace space,
        IEnumerable<ISearchStrategy> strategies,
        int budget,
        int runs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(createBuilder);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(strategies);

        SearchResult whole = await createBuilder().UseExhaustiveSearch().WithBudget((int)BigInteger.Min(space.Count, int.MaxValue))
            .Build().RunAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // Equal rank sums share the best place among them.
        var places = new Dictionary<Architecture, int>();
        foreach (IGrouping<double, ScoredArchitecture> equal in whole.Ranked.GroupBy(candidate => candidate.Total))
        {
            int place = places.Count + 1;
            foreach (ScoredArchitecture candidate in equal)
            {
                places.Add(candidate.Architecture, place);
            }
        }

        var outcomes = new List<StrategyOutcome>();
        foreach (ISearchStrategy strategy in strategies)
        {
            var found = new List<StrategyRun>();
            for (int run = 0; run < runs; run++)
            {
                SearchResult result = await createBuilder().UseStrategy(strategy).WithBudget(budget).WithStrategySeed(run)
                    .Build().RunAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                found.Add(new StrategyRun(run, result.Best.Architecture, places[result.Best.Architecture], result.Evaluations));
            }

            outcomes.Add(new StrategyOutcome(
                strategy.Id, runs, found.Count(run => run.Place == 1), found.Select(run => (double)run.Place).Median(), found.Max(run => run.Place),
                found.Average(run => run.Evaluations), places.Count)
            {
                Results = [.. found],
            });
        }

        return outcomes;
    }
}
