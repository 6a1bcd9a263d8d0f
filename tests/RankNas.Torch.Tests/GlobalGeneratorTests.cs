using RankNas.Proxies;
using RankNas.Torch.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public class GlobalGeneratorTests
{
    // One generator serves the process, and every network that another test builds draws from it.
    private const string Name = "global generator";

    public static TheoryData<string> Ids => ["default", "splitmix"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Initialize_NeitherReadsNorMovesIt(string id)
    {
        WeightInitializer initializer = id == "default" ? WeightInitializer.Default : WeightInitializer.SplitMix;
        using Sequential network = SmallNetwork.Create();
        NeitherReadsNorMoves(() =>
        {
            initializer.Initialize(network, new WeightSeed(5));
            return [.. SmallNetwork.ValuesOf(network).Values.SelectMany(values => values)];
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Draw_NeitherReadsNorMovesIt(string id)
    {
        NoiseGenerator generator = id == "default" ? NoiseGenerator.Gaussian : NoiseGenerator.SplitMix;
        NeitherReadsNorMoves(() =>
        {
            using DisposeScope scope = NewDisposeScope();
            return generator.Draw([2, 3, 8, 8], 5).to(ScalarType.Float64).data<double>().ToArray();
        });
    }

    private static void NeitherReadsNorMoves(Func<double[]> draw)
    {
        manual_seed(1);
        double next = Next();
        manual_seed(1);
        double[] drawn = draw();
        Next().Should().Be(next);
        manual_seed(2);
        draw().Should().Equal(drawn);
    }

    private static double Next()
    {
        using Tensor drawn = rand(1, dtype: ScalarType.Float64);
        return drawn.item<double>();
    }
}
