using System.Globalization;
using CustomSpace;
using RankNas;
using RankNas.Constraints;
using RankNas.Latency;
using RankNas.Strategies;
using RankNas.Torch;

// How many architectures each strategy may score: dotnet run -c Release --project samples/CustomSpace -- 100
int budget = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 60;
var fast = new MaxLatency(TimeSpan.FromMilliseconds(20), new TorchLatency(new LatencyMeter { BatchSize = 1 }));

foreach (ISearchStrategy strategy in (ISearchStrategy[])[new SimulatedAnnealing(), new AgingEvolution(new AgingEvolutionOptions { PopulationSize = 20 })])
{
    SearchResult result = await NasBuilder.Create()
        .UseSpace(new MobileSpace())
        .AddProxy(new AnswerDiversity()).AddNaswot().AddLogSynFlow()
        .AddMaxParameters(60_000).AddMaxMacs(5_000_000).AddConstraint(fast)
        .UseStrategy(strategy)
        .WithBatchSize(32).WithBudget(budget).WithSeed(1)
        .Build()
        .RunAsync();

    Console.WriteLine($"{result.Strategy}: the best of {result.Evaluations} with {string.Join(", ", result.Constraints)}");
    Console.WriteLine(result.ToText(top: 3));
}
