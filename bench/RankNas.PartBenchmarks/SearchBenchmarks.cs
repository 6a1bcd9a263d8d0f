using BenchmarkDotNet.Attributes;
using RankNas.Strategies;

namespace RankNas.PartBenchmarks;

/// <summary>What strategy, engine and ranking take for a whole search when scoring itself takes no time.</summary>
[InProcess]
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(3)]
[InvocationCount(1)]
public class SearchBenchmarks
{
    // Temperatures by neighbours of the authors' settings.
    private const int CandidatesOfAnIteration = 250;

    [Params("random", "genetic", "annealing", "ageing")]
    public string Strategy { get; set; } = "";

    [Params(1_000, 100_000)]
    public int Candidates { get; set; }

    [Benchmark]
    public async Task<int> Search()
    {
        NasBuilder builder = NasBuilder.Create().UseSpace(new WideSpace()).UsePaper().WithBudget(Candidates).UseEvaluator(() => new InstantEvaluator());
        builder = Strategy switch
        {
            "random" => builder.UseRandomSearch(),
            "genetic" => builder.UseGeneticSearch(new GeneticSearchOptions { Generations = Candidates / new GeneticSearchOptions().PopulationSize }),
            "annealing" => builder.UseSimulatedAnnealing(
                new SimulatedAnnealingOptions { IterationsPerTemperature = Candidates / CandidatesOfAnIteration }),
            _ => builder.UseAgingEvolution(),
        };
        return (await builder.Build().RunAsync().ConfigureAwait(false)).Evaluations;
    }
}
