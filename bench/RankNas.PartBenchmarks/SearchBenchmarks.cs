using BenchmarkDotNet.Attributes;

namespace RankNas.PartBenchmarks;

/// <summary>What strategy, engine and ranking take for a search of 1,000 architectures when scoring itself takes no time.</summary>
[InProcess]
[MemoryDiagnoser]
public class SearchBenchmarks
{
    [Params("random", "genetic", "annealing", "ageing")]
    public string Strategy { get; set; } = "";

    [Benchmark]
    public async Task<int> Search()
    {
        NasBuilder builder = NasBuilder.Create().UseNatsTopology().UsePaper().UseEvaluator(() => new InstantEvaluator());
        builder = Strategy switch
        {
            "random" => builder.UseRandomSearch(),
            "genetic" => builder.UseGeneticSearch(),
            "annealing" => builder.UseSimulatedAnnealing(),
            _ => builder.UseAgeingEvolution(),
        };
        return (await builder.Build().RunAsync().ConfigureAwait(false)).Evaluations;
    }
}
