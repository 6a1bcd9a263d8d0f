using static TorchSharp.torch;

namespace RankNas.Tests;

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
        long before = Tensor.TotalCount;
        BuildAndDispose(new TinySpace(), networks);
        long ofBuilding = Tensor.TotalCount - before;

        before = Tensor.TotalCount;
        await experiment.RunAsync(TestContext.Current.CancellationToken);
        (Tensor.TotalCount - before).Should().Be(ofBuilding);
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
