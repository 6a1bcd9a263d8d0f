#!/usr/bin/env dotnet
#:project ../../src/RankNas
#:package TorchSharp-cpu@0.107.0
#:property PublishAot=false

// Searches the size space for small networks and prints the best: dotnet run -c Release search.cs [BUDGET]
using System.Globalization;
using RankNas;
using RankNas.Strategies;

int budget = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 40;

SearchResult result = await NasBuilder.Create()
    .UseNatsSize()
    .AddNoiseImmunity().AddNaswot().AddLogSynFlow()
    .UseAgingEvolution(new AgingEvolutionOptions { PopulationSize = 10 })
    .AddMaxParameters(150_000)
    .WithBatchSize(32).WithBudget(budget).WithSeed(1)
    .Build()
    .RunAsync();

Console.WriteLine(result.ToText(top: 5));
Console.WriteLine($"{result.Evaluations} architectures with {string.Join(", ", result.Constraints)}.");
