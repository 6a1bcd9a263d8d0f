using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas.Aot.Probe;

/// <summary>Searches for the network with the most multiply-accumulates, by every strategy for one objective.</summary>
internal static class Searches
{
    private const int Budget = 40;

    private static readonly ISearchStrategy[] Strategies =
    [
        new RandomSearch(), new GeneticSearch(), new SimulatedAnnealing(), new AgingEvolution(), new SearchEconomics(), new LocalSearch(), new BayesianSearch(),
    ];

    public static async Task PrintAsync()
    {
        foreach (ISearchStrategy strategy in Strategies)
        {
            var context = new CostContext(new NatsSizeSpace(), Budget);
            IReadOnlyList<ScoredArchitecture> chosen = await strategy.SearchAsync(context, CancellationToken.None);
            ScoredArchitecture best = context.Rank(chosen)[0];
            Console.WriteLine($"{strategy.Id}: {context.Evaluations} evaluations, best {best.Architecture} of {best.Scores[0]}");
        }
    }
}
