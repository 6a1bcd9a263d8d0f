using RankNas.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public sealed class GraphModuleJsonTests
{
    // Whoever reads the text needs nothing of those who wrote it.
    [Fact]
    public void Graph_that_was_read_is_trained_like_any_network()
    {
        using DisposeScope scope = NewDisposeScope();
        GraphValue x = Graph.Images(new NetworkShape { Height = 8, Width = 8 }).Block("stem", images => images.Conv(8, 3).BatchNorm().Relu());
        x += x.DepthwiseConv(5).BatchNorm().HardSwish().Conv(8, 1);
        x = x.Reshape(8, 64).Transpose(1, 0).ClassToken("token").PositionEmbedding("positions").LayerNorm();
        NetworkGraph described = x.Slice(0, 0, 1).Flatten().Linear(10).Build();
        using GraphModule expected = described.ToModule(), network = NetworkGraph.FromJson(described.ToJson()).ToModule();
        network.load_state_dict(expected.state_dict());
        Tensor images = NormalDraw.Of(4, 3, 8, 8), labels = tensor(new long[] { 1, 2, 3, 4 });

        network.call(images).allclose(expected.call(images)).Should().BeTrue();
        optim.Optimizer optimizer = optim.SGD(network.parameters(), 0.1);
        double first = Step(), last = 0;
        for (int step = 0; step < 20; step++)
        {
            last = Step();
        }

        last.Should().BeLessThan(first);

        double Step()
        {
            optimizer.zero_grad();
            Tensor loss = nn.functional.cross_entropy(network.call(images), labels);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }
    }
}
