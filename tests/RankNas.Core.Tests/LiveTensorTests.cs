using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using static TorchSharp.torch;

namespace RankNas.Core.Tests;

// Counts the tensors of the whole process, so nothing else may run meanwhile.
[Collection(nameof(LiveTensorTests))]
[CollectionDefinition(nameof(LiveTensorTests), DisableParallelization = true)]
public class LiveTensorTests
{
    [Fact]
    public async Task RunAsync_LeavesNoLiveTensors()
    {
        NasExperiment experiment = Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).Build();
        int networks = (await experiment.RunAsync(TestContext.Current.CancellationToken)).Evaluations;

        // TorchSharp's counter goes up by one for every Parameter ever made: what building alone leaves is no leak.
        long before = Count();
        BuildAndDispose(new TinySpace(), networks);
        long ofBuilding = Tensor.TotalCount - before;

        before = Count();
        await experiment.RunAsync(TestContext.Current.CancellationToken);
        (Tensor.TotalCount - before).Should().Be(ofBuilding);
    }

    // What other tests left to the finalizer goes first.
    private static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private static void BuildAndDispose(TinySpace space, int networks)
    {
        using var scope = NewDisposeScope();
        for (int index = 0; index < networks; index++)
        {
            using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.FromIndex(index), new NetworkShape());
        }
    }
}
