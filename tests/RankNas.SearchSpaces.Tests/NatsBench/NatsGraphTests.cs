using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;

namespace RankNas.Tests;

public sealed class NatsGraphTests
{
    private static readonly NetworkShape Shape = new();

    [Theory]
    [InlineData("nats-tss")]
    [InlineData("nats-sss")]
    public void Graphs_have_the_parameters_and_costs_of_the_networks(string space)
    {
        foreach (int index in Enumerable.Range(0, 12).Select(number => (number * 1301) + 7))
        {
            (NetworkGraph graph, NetworkCost cost, IEnumerable<(string, string)> parameters) = space == "nats-tss"
                ? Of(new NatsTopologySpace(), index)
                : Of(new NatsSizeSpace(), index);
            graph.Cost.Should().Be(cost);
            graph.Parameters.Select(parameter => (parameter.Name, string.Join(',', parameter.Shape))).Should().BeEquivalentTo(parameters);
        }

        static (NetworkGraph, NetworkCost, IEnumerable<(string, string)>) Of(GenomeSearchSpace space, int index)
        {
            Architecture architecture = space.FromIndex(index);
            using var network = space.BuildNetwork(architecture, Shape);
            return (
                space.Describe(architecture, Shape),
                space.CostOf(architecture, Shape),
                [.. network.named_parameters().Select(parameter => (parameter.name, string.Join(',', parameter.parameter.shape)))]);
        }
    }

    [Theory]
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|")]
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|+|none~0|none~1|none~2|")]
    [InlineData("nats-sss", "8:24:40:16:64")]
    public void Modules_of_graphs_compute_what_the_networks_compute(string spaceId, string text)
    {
        GenomeSearchSpace space = spaceId == "nats-tss" ? new NatsTopologySpace() : new NatsSizeSpace();
        Architecture architecture = space.Parse(text);
        using var scope = torch.NewDisposeScope();
        using var network = space.BuildNetwork(architecture, Shape);
        using GraphModule module = space.Describe(architecture, Shape).ToModule();
        WeightInitializer.Default.Initialize(network, 3);
        WeightInitializer.Default.Initialize(module, 3);
        torch.Tensor images = torch.randn([4, 3, 32, 32], dtype: torch.ScalarType.Float32, device: torch.CPU);

        torch.Tensor expected = network.call(images), actual = module.call(images);

        module.named_parameters().Select(named => named.name).Should().BeEquivalentTo(network.named_parameters().Select(named => named.name));
        network.named_parameters().Should().OnlyContain(named => module.get_parameter(named.name)!.allclose(named.parameter, 0, 0, false));
        (actual - expected).abs().max().item<float>().Should().BeLessThan(1e-6f);
    }
}
