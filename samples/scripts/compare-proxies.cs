#!/usr/bin/env dotnet
#:project ../../src/RankNas.Evaluation
#:package TorchSharp-cpu@0.107.0
#:property PublishAot=false

// Which proxy agrees best with accuracies? dotnet run -c Release compare-proxies.cs accuracies.csv [SAMPLE]
// The columns are arch (in the topology space's notation), c10_valid, c10_test, and so on for c100 and in16.
using System.Globalization;
using RankNas;
using RankNas.Evaluation;
using RankNas.NatsBench;
using RankNas.SearchSpaces;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("Write the file of accuracies: dotnet run -c Release compare-proxies.cs accuracies.csv [SAMPLE]");
    return 2;
}

AccuracyTable accuracies = AccuracyTable.ReadCsv(args[0], new NatsTopologySpace());
int sample = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;

SearchResult result = await NasBuilder.Create()
    .UseNatsTopology()
    .AddNoiseImmunity().AddNaswot().AddLogSynFlow().AddSkipDepth().AddMacCount()
    .UseRandomSearch()
    .AddConstraint(candidate => accuracies.Find(candidate.Architecture) is not null, "an accuracy in the file")
    .WithBatchSize(32).WithBudget(sample)
    .Build()
    .RunAsync();

CorrelationReport report = ScoreCorrelations.Of(result, accuracies);
Console.WriteLine($"{report.Architectures} architectures");
foreach (ScoreCorrelation score in report.Correlations.OrderBy(score => score.DataSet).ThenByDescending(score => score.Kendall.Value))
{
    Console.WriteLine($"{score.DataSet,-14}  {score.Score,-26}  Kendall's tau {score.Kendall.Value,6:F3}  Spearman's rho {score.Spearman.Value,6:F3}");
}

return 0;
