using RankNas.Graphs;

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
}
