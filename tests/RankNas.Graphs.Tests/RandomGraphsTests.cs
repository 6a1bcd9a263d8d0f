using CsCheck;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Tests;

public sealed class RandomGraphsTests
{
    [Fact]
    public void All_have_every_operation_and_names_of_their_own() =>
        CheckThatTogetherTheyHave(RandomGraphs.All, [.. typeof(GraphOperation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GraphOperation)))]);

    [Fact]
    public void Positive_ones_have_no_softmax() => RandomGraphs.Positive.Sample(
        graph => graph.Nodes.Should().NotContain(node => node.Operation is SoftmaxOperation), iter: 300, threads: 1);

    private static void CheckThatTogetherTheyHave(Gen<NetworkGraph> graphs, Type[] operations)
    {
        var seen = new HashSet<Type>();
        int blocks = 0, edges = 0;
        graphs.Sample(
            graph =>
            {
                seen.UnionWith(graph.Nodes.Select(node => node.Operation.GetType()));
                blocks += graph.Blocks.Length;
                edges += graph.Blocks.Sum(block => block.Edges.Length);
                graph.Nodes.Select(node => node.Name).Should().OnlyHaveUniqueItems();
                graph.Output.Shape.Should().Equal(graph.Shape.Classes);
            },
            seed: "0000000000000",
            iter: 2_000,
            threads: 1);
        seen.Should().BeEquivalentTo(operations);
        blocks.Should().BePositive();
        edges.Should().BePositive();
    }
}
