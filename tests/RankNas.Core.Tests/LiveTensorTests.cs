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
        await experiment.RunAsync(TestContext.Current.CancellationToken);
        long before = Tensor.TotalCount;
        for (int run = 0; run < 3; run++)
        {
            await experiment.RunAsync(TestContext.Current.CancellationToken);
        }

        Tensor.TotalCount.Should().Be(before);
    }
}
