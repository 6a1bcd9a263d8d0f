using System.Globalization;
using System.IO.Compression;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Tests;

/// <summary>The scores in docs/data, which were computed by earlier kernels, against what the networks score now.</summary>
public class PublishedScoresTests
{
    private const int Architectures = 12;
    private const double LargestDifference = 1e-5;

    [Fact]
    public async Task PublishedScores_ComputedAnew_AreTheSame()
    {
        var published = (await ReadAsync()).GroupBy(score => score.Architecture).ToList();
        var space = new NatsTopologySpace();
        int step = published.Count / Architectures;
        Dictionary<string, Dictionary<string, double>> sample = published.Where((_, index) => index % step == step / 2)
            .ToDictionary(scores => scores.Key, scores => scores.ToDictionary(score => score.Proxy, score => score.Value));

        await using ArchitectureScorer scorer = NasBuilder.Create().UseSpace(space).UseImages(ProbeImages.FromCifar10(TestData.Path("cifar10-train-400.bin")), batchSize: 128)
            .AddNoiseImmunity(NoiseImmunityForm.Eta).AddNoiseImmunity(NoiseImmunityForm.Complexity).AddNaswot().AddLogSynFlow().AddSynFlow()
            .BuildScorer();
        string[] proxies = ["noise-immunity", "noise-immunity-complexity", "naswot", "logsynflow", "synflow"];
        IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync(
            sample.Keys.Select(space.Parse), TestContext.Current.CancellationToken);

        scored.Should().HaveCountGreaterThanOrEqualTo(Architectures);
        foreach (ScoredArchitecture evaluated in scored)
        {
            for (int proxy = 0; proxy < proxies.Length; proxy++)
            {
                double expected = sample[evaluated.Architecture.Text][proxies[proxy]];
                evaluated.Scores[proxy].Value.Should().BeApproximately(
                    expected, LargestDifference * Math.Abs(expected), $"{proxies[proxy]} of {evaluated.Architecture}");
            }
        }
    }

    private static async Task<List<(string Architecture, string Proxy, double Value)>> ReadAsync()
    {
        await using FileStream file = File.OpenRead(Repository.PathOf("docs", "data", "nats-tss-scores.csv.gz"));
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        string[] columns = (await reader.ReadLineAsync())!.Split(',');
        int architecture = Array.IndexOf(columns, "Architecture"), proxy = Array.IndexOf(columns, "Proxy"), value = Array.IndexOf(columns, "Value");
        List<(string Architecture, string Proxy, double Value)> scores = [];
        while (await reader.ReadLineAsync() is { } line)
        {
            string[] fields = line.Split(',');
            scores.Add((fields[architecture], fields[proxy], double.Parse(fields[value], CultureInfo.InvariantCulture)));
        }

        return scores;
    }
}
