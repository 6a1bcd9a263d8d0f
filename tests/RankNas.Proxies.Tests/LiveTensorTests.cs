using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

// Counts the tensors of the whole process, so nothing else may run meanwhile.
[Collection(nameof(LiveTensorTests))]
[CollectionDefinition(nameof(LiveTensorTests), DisableParallelization = true)]
public class LiveTensorTests
{
    public static TheoryData<string> All { get; } = [.. BuiltIn.All.Select(proxy => proxy.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Score_LeavesNoLiveTensors(string id)
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 1 });
        using nn.Module<Tensor, Tensor> own = space.BuildNetwork(
            space.Parse("|nor_conv_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|none~1|nor_conv_3x3~2|"), new NetworkShape());
        using nn.Module<Tensor, Tensor> hooked = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AvgPool2d(2), nn.Dropout(0.5), nn.Flatten(), nn.Linear(196, 10));
        using Tensor images = NormalDraw.Of(4, 3, 16, 16);
        using var batch = new ProbeBatch(images);
        foreach (nn.Module<Tensor, Tensor> network in (nn.Module<Tensor, Tensor>[])[own, hooked])
        {
            // The batch's noise and the probes of the machine are made once and kept.
            BuiltIn.Proxy(id).Score(network, batch);

            long before = Count();
            BuiltIn.Proxy(id).Score(network, batch);
            BuiltIn.Proxy(id).Score(network, batch);
            (Tensor.TotalCount - before).Should().Be(0);
        }
    }

    [Fact]
    public void Score_ThatFails_LeavesNoLiveTensors()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU());
        using Tensor images = NormalDraw.Of(4, 3, 8, 8);
        using var batch = new ProbeBatch(images);
        Score(network, batch);

        long before = Count();
        Score(network, batch);
        (Tensor.TotalCount - before).Should().Be(0);
    }

    // What other tests left to the finalizer goes first.
    private static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private static void Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        foreach (IZeroCostProxy proxy in BuiltIn.Gradients)
        {
            FluentActions.Invoking(() => proxy.Score(network, batch))
                .Should().Throw<InvalidOperationException>().WithMessage("Gradients need logits [*, classes]*, 4, 6, 6].");
        }
    }
}
