using RankNas.Graphs;

namespace RankNas.SearchSpaces.Tests;

public sealed class NatsCanonicalTests
{
    // NATS-Bench writes a node as the sum of texts; it merges layers that are shared with layers alike, and tells apart sums of sums by how they are nested.
    [Fact]
    [Trait("Category", "Campaign")]
    public void Keys_of_the_whole_topology_space_are_those_of_what_the_networks_compute()
    {
        var space = new NatsTopologySpace();
        var shape = new NetworkShape { Height = 8, Width = 8 };
        var costs = new Dictionary<string, NetworkCost>();
        for (long index = 0; index < space.Count; index++)
        {
            Architecture architecture = space.FromIndex(index);
            NetworkGraph graph = space.Describe(architecture, shape);
            if (!costs.TryAdd(graph.CanonicalKey, graph.Cost) && !architecture.Text.Contains("none", StringComparison.Ordinal))
            {
                graph.Cost.Should().Be(costs[graph.CanonicalKey], "layers that only zeros reach are all that may differ");
            }
        }

        costs.Should().HaveCount(5_260);
    }
}
