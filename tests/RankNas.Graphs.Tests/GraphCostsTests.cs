using CsCheck;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Tests;

public sealed class GraphCostsTests
{
    private static readonly NetworkShape Shape = new();

    [Fact]
    public void Costs_of_a_residual_network_are_those_counted_by_hand()
    {
        GraphValue x = Graph.Images(Shape).Conv(8, 3, stride: 2);
        x = x.Identity() + x.Relu().Conv(8, 3);
        GraphCosts costs = x.GlobalAveragePool().Linear(10).Build().Costs;

        costs.Parameters.Should().Be((27 * 8) + (9 * 64) + 90);
        costs.Macs.Should().Be((27 * 8 * 256) + (9 * 64 * 256) + 80);
        // Images, convolution, ReLU, convolution, sum, pooling, logits.
        costs.Activations.Should().Be(3072 + (4 * 2048) + 8 + 10);
        // The first convolution and the sum's two inputs at the sum: the identity is the convolution itself.
        costs.PeakActivations.Should().Be(3 * 2048);
        costs.Depth.Should().Be(3);
        costs.ReceptiveField.Should().Be(new Size2D(7, 7));
    }

    [Fact]
    public void Receptive_field_follows_strides_dilation_and_windows_that_are_not_square()
    {
        GraphValue x = Graph.Images(Shape).MaxPool(2).Conv(4, (3, 1), dilation: 2);
        x = Graph.Sum(x.Conv(4, 5), x) * x.GlobalAveragePool(keepDimensions: true).Conv(4, 1).Sigmoid();

        x.GlobalAveragePool().Linear(10).Build().Costs.ReceptiveField.Should().Be(new Size2D(2 + (2 * 4) + (2 * 4), 2 + (2 * 4)));
    }

    [Fact]
    public void Receptive_field_is_that_of_the_last_layer_that_sees_images()
    {
        GraphValue x = Graph.Images(Shape).Conv(4, (3, 5));

        x.GlobalAveragePool().Linear(10).Build().Costs.ReceptiveField.Should().Be(new Size2D(3, 5));
        x.Reshape(4, 32, 32).Conv(4, 3).GlobalAveragePool().Linear(10).Build().Costs.ReceptiveField.Should().Be(new Size2D(3, 5));
        x.Transpose(0, 2, 1).Conv(4, 3).GlobalAveragePool().Linear(10).Build().Costs.ReceptiveField.Should().Be(new Size2D(3, 5));
    }

    [Fact]
    public void Receptive_field_grows_on_after_images_are_joined_with_what_is_none()
    {
        GraphValue x = Graph.Images(Shape).Conv(4, 3);
        GraphValue gated = x * x.GlobalAveragePool(keepDimensions: true).Sigmoid();

        gated.Conv(4, 3).GlobalAveragePool().Linear(10).Build().Costs.ReceptiveField.Should().Be(new Size2D(5, 5));
    }

    [Fact]
    public void Receptive_field_of_joined_strides_goes_on_by_the_larger()
    {
        GraphValue x = Graph.Images(Shape);
        GraphValue joined = x.Conv(4, 32, padding: 0) + x.Conv(4, 32, stride: 16, padding: 0);

        joined.Conv(4, 3).GlobalAveragePool().Linear(10).Build().Costs.ReceptiveField.Should().Be(new Size2D(32 + (2 * 16), 32 + (2 * 16)));
    }

    [Theory]
    [InlineData("parameters")]
    [InlineData("multiplications")]
    [InlineData("values")]
    public void What_is_more_than_can_be_counted_is_no_other_number(string what)
    {
        GraphValue x = Graph.Input(NetworkShape.OfRows(8, 2));
        GraphValue large = what switch
        {
            "parameters" => DeadEmbeddings(x),
            "multiplications" => Products(x.Zeros(1 << 20, 1 << 20)).Slice(0, 0, 1).Flatten(),
            _ => x.Zeros(int.MaxValue, int.MaxValue).Relu().Tanh().Slice(0, 0, 1).Slice(1, 0, 1).Flatten(),
        };

        large.Linear(2).Build().Invoking(graph => graph.Costs).Should().Throw<OverflowException>();

        // What nothing reads costs parameters alone.
        static GraphValue DeadEmbeddings(GraphValue x)
        {
            GraphValue tokens = x.Zeros(int.MaxValue, int.MaxValue);
            tokens.PositionEmbedding();
            tokens.PositionEmbedding();
            tokens.PositionEmbedding();
            return x;
        }

        static GraphValue Products(GraphValue square) => Enumerable.Repeat(square, 9).Aggregate((left, right) => left.MatrixProduct(right)).MatrixProduct(square);
    }

    [Fact]
    public void Dead_nodes_cost_parameters_and_no_memory()
    {
        GraphValue x = Graph.Images(Shape).Conv(8, 3);
        x.Conv(8, 3);
        GraphCosts costs = x.GlobalAveragePool().Linear(10).Build().Costs;

        costs.Parameters.Should().Be((27 * 8) + (9 * 64) + 90);
        costs.Activations.Should().Be(3072 + 8192 + 8 + 10);
    }

    [Fact]
    public void Activations_of_random_graphs_are_those_of_freeing_one_by_one() => RandomGraphs.All.Sample(
        graph =>
        {
            (long sum, long peak) = Simulate(graph);
            graph.Costs.Activations.Should().Be(sum);
            graph.Costs.PeakActivations.Should().Be(peak);
        },
        iter: 500,
        threads: 1);

    // After every node, what is still to be read is held, and nothing else.
    private static (long Sum, long Peak) Simulate(NetworkGraph graph)
    {
        GraphNode OwnerOf(GraphNode node) => node.Operation is IdentityOperation or DropoutOperation or ReshapeOperation ? OwnerOf(graph.Nodes[node.Inputs[0]]) : node;
        GraphNode[] live = [.. graph.Nodes.Where(graph.IsLive)];
        long peak = 0;
        foreach (GraphNode node in live)
        {
            IEnumerable<GraphNode> read = live.Where(reader => reader.Index > node.Index).SelectMany(reader => reader.Inputs).Append(graph.Output.Index)
                .Where(input => input <= node.Index).Concat(node.Inputs).Append(node.Index).Select(index => OwnerOf(graph.Nodes[index])).Distinct();
            peak = Math.Max(peak, read.Sum(owner => owner.Elements));
        }

        return (live.Where(node => OwnerOf(node) == node).Sum(node => node.Elements), peak);
    }
}
