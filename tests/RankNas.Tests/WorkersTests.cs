using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Tests;

public class WorkersTests
{
    private static readonly string[] Topologies =
    [
        "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|",
        "|avg_pool_3x3~0|+|none~0|skip_connect~1|+|nor_conv_3x3~0|avg_pool_3x3~1|nor_conv_3x3~2|",
        "|nor_conv_1x1~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|avg_pool_3x3~0|none~1|skip_connect~2|",
    ];

    private static readonly string[] Sizes = ["24:8:40:16:64", "8:56:16:32:24", "16:16:48:64:8"];

    [Fact]
    public Task TopologySpace_MoreWorkersThanNetworks_ScoreTheSameToTheLastBit() => CheckAsync(new NatsTopologySpace(), Topologies);

    [Fact]
    public Task SizeSpace_MoreWorkersThanNetworks_ScoreTheSameToTheLastBit() => CheckAsync(new NatsSizeSpace(), Sizes);

    private static async Task CheckAsync(ISearchSpace space, string[] architectures)
    {
        double[] alone = await ScoreAsync(space, architectures, workers: 1);
        double[] helped = await ScoreAsync(space, architectures, workers: 8);

        alone.Should().OnlyContain(score => double.IsFinite(score));
        helped.Should().Equal(alone);
    }

    private static async Task<double[]> ScoreAsync(ISearchSpace space, string[] architectures, int workers)
    {
        await using ArchitectureScorer scorer = NasBuilder.Create().UseSpace(space).WithBatchSize(40).WithWorkers(workers)
            .AddNoiseImmunity(NoiseImmunityForm.Eta).AddNoiseImmunity(NoiseImmunityForm.Complexity).AddNaswot().AddLogSynFlow().BuildScorer();
        IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync(architectures.Select(space.Parse), TestContext.Current.CancellationToken);
        return [.. scored.SelectMany(evaluated => evaluated.Scores).Select(score => score.Value)];
    }
}
