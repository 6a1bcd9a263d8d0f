using RankNas.Graphs;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces.Tests.Networks;

// Every other test may draw from libtorch's one global generator, so nothing runs beside these.
[Collection(nameof(GlobalGeneratorTests))]
[CollectionDefinition(nameof(GlobalGeneratorTests), DisableParallelization = true)]
public class GlobalGeneratorTests
{
    [Fact]
    public void BuildNetwork_DoesNotReadTheGlobalGenerator()
    {
        var space = new NatsSizeSpace();
        manual_seed(1);
        using Tensor expected = rand(4);
        manual_seed(1);
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.FromIndex(0), new NetworkShape());
        using Tensor actual = rand(4);

        actual.eq(expected).all().item<bool>().Should().BeTrue();
    }
}
