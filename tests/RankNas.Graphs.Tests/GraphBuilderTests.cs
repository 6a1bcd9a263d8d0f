using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Tests;

public sealed class GraphBuilderTests
{
    private static readonly NetworkShape Shape = new();

    [Fact]
    public void Build_of_a_small_network_names_and_shapes_every_node()
    {
        GraphValue x = Graph.Images(Shape).Conv(24, 3).BatchNorm().Relu();
        x = x.Conv(24, 3).BatchNorm().Relu() + x;
        NetworkGraph graph = x.GlobalAveragePool().Linear(10).Build();

        graph.Nodes.Select(node => node.Name).Should().Equal(
            "images", "conv1", "norm1", "act1", "conv2", "norm2", "act2", "add1", "pool1", "linear1");
        graph.Nodes[7].Shape.Should().Equal(24, 32, 32);
        graph.Output.Shape.Should().Equal(10);
        graph.Parameters.Select(parameter => parameter.Name).Should().Equal(
            "conv1.weight", "norm1.weight", "norm1.bias", "conv2.weight", "norm2.weight", "norm2.bias", "linear1.weight", "linear1.bias");
        graph.Cost.Should().Be(new NetworkCost((27 * 24) + 48 + (9 * 24 * 24) + 48 + 250, (27 * 24 * 1024) + (9L * 24 * 24 * 1024) + 240));
    }

    [Fact]
    public void A_gate_lets_its_other_factor_through_and_its_layers_are_gated()
    {
        GraphValue x = Graph.Images(Shape).Conv(8, 3, name: "way");
        GraphValue gate = x.GlobalAveragePool(keepDimensions: true).Conv(8, 1, name: "excite").HardSigmoid();
        GraphValue dead = x.Conv(4, 1, name: "dead");
        NetworkGraph graph = (gate * x).GlobalAveragePool().Linear(10).Build();

        GraphNode product = graph.Nodes.Single(node => node.Operation is MultiplyOperation);
        graph.GatedInputOf(product).Should().Be(1);
        graph.Nodes.Where(node => node != product).Select(graph.GatedInputOf).Should().OnlyContain(input => input == null);
        graph.Nodes.Where(node => !graph.IsUngated(node)).Select(node => node.Name).Should().Equal("pool1", "excite", "act1", "dead");
        graph.Nodes.Where(graph.IsLive).Should().Contain(graph.Nodes[gate.Index]).And.NotContain(graph.Nodes[dead.Index]);
    }

    [Fact]
    public void A_product_without_a_gate_of_full_size_is_gated_nowhere()
    {
        GraphValue x = Graph.Images(Shape).Conv(8, 3);
        NetworkGraph graph = (x.Relu() * x.GlobalAveragePool(keepDimensions: true)).GlobalAveragePool(keepDimensions: true).Flatten().Linear(10).Build();
        graph.Nodes.Select(graph.GatedInputOf).Should().OnlyContain(input => input == null);
        graph.Nodes.Should().OnlyContain(node => graph.IsUngated(node));
    }

    [Fact]
    public void Block_of_edges_keeps_places_and_tells_skips()
    {
        GraphValue x = Graph.Images(Shape).Block("stem", images => images.Conv(16, 3), kind: "stem");
        x = x.Block(
            "cells.0",
            input =>
            {
                GraphValue first = input.Edge(0, 1, "conv", edge => edge.Within("layers.0", layer => layer.Relu().Conv(16, 3)));
                input.NoEdge(0, 2);
                GraphValue skipped = input.Edge(0, 2, "skip", edge => edge);
                return Graph.Sum(first, skipped);
            },
            kind: "cell");
        NetworkGraph graph = x.GlobalAveragePool().Linear(10).Build();

        graph.Blocks.Select(block => (block.Name, block.Kind, block.Input, block.Output)).Should().Equal(("stem", "stem", 0, 1), ("cells.0", "cell", 1, 4));
        graph.Blocks[1].Edges.Should().Equal(
            new GraphEdge(0, 1, "conv"), new GraphEdge(0, 2, "none", IsNone: true), new GraphEdge(0, 2, "skip", IsSkip: true));
        graph.Blocks[1].SkipDepth.Should().Be(1);
        graph.Nodes[3].Should().Match<GraphNode>(node => node.Name == "cells.0.layers.0.conv1" && node.Block == 1 && node.Edge == 0);
        graph.Nodes[4].Edge.Should().Be(-1);
        graph.Nodes[5].Block.Should().Be(-1);
    }

    [Fact]
    public void A_block_that_passes_its_input_on_has_a_node_of_its_own()
    {
        NetworkGraph graph = Graph.Images(Shape).Block("stem", images => images.Conv(4, 3)).Block("cell", input => input.Edge(0, 1, "skip", edge => edge))
            .GlobalAveragePool().Linear(10).Build();

        graph.Blocks[1].Should().Match<GraphBlock>(block => block.Input == 1 && block.Output == 2 && block.Edges[0].IsSkip);
        graph.Nodes[2].Should().Match<GraphNode>(node => node.Name == "cell.identity1" && node.Block == 1);
    }

    [Fact]
    public void A_name_that_was_taken_by_hand_is_passed_over()
    {
        GraphValue x = Graph.Images(Shape).Conv(16, 3, name: "conv1").Conv(16, 3, name: "conv2.a").Conv(16, 3);

        x.GlobalAveragePool().Linear(10).Build().Nodes[x.Index].Name.Should().Be("conv3");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void A_window_that_rounds_up_may_reach_beyond_the_image(int side, int expected) =>
        Graph.Images(new NetworkShape { Height = side, Width = side }).AveragePool(2, roundUp: true).Shape.Should().Equal(3, expected, expected);

    [Fact]
    public void A_vision_transformer_block_has_the_shapes_of_attention()
    {
        GraphValue tokens = Graph.Images(Shape).Conv(48, 8, stride: 8, padding: 0, bias: true).Reshape(48, 16).Transpose(1, 0).ClassToken("class_token").PositionEmbedding("positions");
        GraphValue parts = tokens.LayerNorm().Linear(3 * 48).Reshape(17, 3, 4, 12).Transpose(1, 2, 0, 3);
        GraphValue Part(int index) => parts.Slice(0, index, 1).Reshape(4, 17, 12);
        GraphValue attention = Part(0).Scale(1 / Math.Sqrt(12)).MatrixProduct(Part(1).Transpose(0, 2, 1)).Softmax().MatrixProduct(Part(2));
        tokens += attention.Transpose(1, 0, 2).Reshape(17, 48).Linear(48);
        NetworkGraph graph = tokens.Slice(0, 0, 1).Flatten().Linear(10).Build();

        attention.Shape.Should().Equal(4, 17, 12);
        graph.Parameters.Where(parameter => !parameter.Name.Contains('.')).Select(parameter => (parameter.Name, parameter.Elements))
            .Should().Equal(("class_token", 48), ("positions", 17 * 48));
    }

    [Theory]
    [InlineData("sum", "'add1', a sum, does not fit [16, 32, 32] and [24, 32, 32]: shapes must be alike*")]
    [InlineData("kernel", "'conv2', a 40x40 convolution to 8 channels, does not fit [16, 32, 32]: its window of 40 pixels is larger than 32 with a padding of 0*")]
    [InlineData("groups", "'conv2', a 3x3 convolution to 16 channels, does not fit [16, 32, 32]: 3 groups must divide both 16 and 16 channels.")]
    [InlineData("linear", "'linear1', a linear layer to 10 features, does not fit [16, 32, 32]: it takes [F] or [tokens, F]*")]
    [InlineData("twice", "There is 'conv1' already*")]
    [InlineData("within", "'conv1.a' would lie within the layer 'conv1'*")]
    [InlineData("name", "'a..b' is no name of a layer*")]
    [InlineData("graph", "'add1' reads a value of another graph: *")]
    [InlineData("outside", "'b.add1' reads 'conv1' from outside its block: *")]
    [InlineData("inside", "'add1' reads 'b.act1' from inside the block 'b': *")]
    [InlineData("block", "There is a block 'b' already: *")]
    [InlineData("failed", "The graph is built within a block, or after one that failed: *")]
    [InlineData("nested", "The block 'b.c' begins within another: end that one first, or use Within for names alone.")]
    [InlineData("no block", "The edge 0→1 is in no block: edges belong to one block each.")]
    [InlineData("on another", "The edge 0→2 is on another edge: edges belong to one block each.")]
    [InlineData("no input", "'zeros1', zeros, does not fit no input: it takes no input, and every size is at least 1.")]
    [InlineData("too large", "'class_token1', a class token, does not fit [2147483647, 1]: it has more values than can be counted.")]
    [InlineData("block inside", "'c' reads 'b.act1' from inside the block 'b': *")]
    [InlineData("block of another", "'b' reads a value of another graph: *")]
    [InlineData("network inside", "'The network' reads 'b.linear1' from inside the block 'b': *")]
    [InlineData("letters", "'a-b' is no name of a layer*")]
    [InlineData("classes", "The network gives [16] where [10] classes are wanted*")]
    public void A_mistake_is_one_line_that_says_what_to_write(string mistake, string message)
    {
        GraphValue x = Graph.Images(Shape).Conv(16, 3);
        Action act = mistake switch
        {
            "sum" => () => _ = x + x.Conv(24, 3),
            "kernel" => () => x.Conv(8, 40, padding: 0),
            "groups" => () => x.Conv(16, 3, groups: 3),
            "linear" => () => x.Linear(10),
            "twice" => () => x.Conv(16, 3, name: "conv1"),
            "within" => () => x.Conv(16, 3, name: "conv1.a"),
            "name" => () => x.Within("a..b", inner => inner.Relu()),
            "graph" => () => _ = x + Graph.Images(Shape).Conv(16, 3),
            "outside" => () => x.Relu().Block("b", inner => inner.Relu() + x),
            "inside" => () => ReadInside(x),
            "block" => () => x.Block("b", inner => inner).Block("b", inner => inner),
            "failed" => () => GoOnAfterFailure(x),
            "nested" => () => x.Block("b", inner => inner.Block("c", deeper => deeper.Relu())),
            "no block" => () => x.NoEdge(0, 1),
            "on another" => () => x.Block("b", inner => inner.Edge(0, 1, "conv", edge => edge.Edge(0, 2, "conv", deeper => deeper.Relu()))),
            "no input" => () => x.Zeros(0),
            "block inside" => () => HiddenOf(x, inner => inner.Relu()).Block("c", inner => inner.Relu()),
            "block of another" => () => x.Block("b", _ => Graph.Images(Shape).Relu().Relu().Relu()),
            "network inside" => () => HiddenOf(x, inner => inner.Flatten().Linear(10)).Build(),
            "letters" => () => x.Relu("a-b"),
            "too large" => () => x.Zeros(int.MaxValue, 1).ClassToken(),
            _ => () => x.GlobalAveragePool().Build(),
        };
        act.Should().Throw<GraphException>().WithMessage(message).Which.Message.Should().NotContain("\n");
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(0, 1_001)]
    public void An_edge_leads_from_a_node_to_a_later_one(int source, int target) =>
        FluentActions.Invoking(() => Graph.Images(Shape).Block("b", inner => inner.Edge(source, target, "skip", edge => edge))).Should().Throw<GraphException>()
            .WithMessage($"The edge {source}→{target} leads nowhere: edges lead from a node of the cell, from 0 on, to a later one, up to 1000.");

    [Fact]
    public void Each_block_has_the_edges_of_its_own()
    {
        NetworkGraph graph = Graph.Images(Shape).Block("a", input => input.Edge(0, 1_000, "skip", edge => edge)).Block("b", input => input.Edge(0, 1, "act", edge => edge.Relu()))
            .GlobalAveragePool().Linear(10).Build();

        graph.Blocks.Select(block => block.Edges).Should().SatisfyRespectively(
            edges => edges.Should().Equal(new GraphEdge(0, 1_000, "skip", IsSkip: true)), edges => edges.Should().Equal(new GraphEdge(0, 1, "act")));
    }

    private static void ReadInside(GraphValue x)
    {
        GraphValue? hidden = null;
        _ = x.Block("b", inner => (hidden = inner.Relu()).Relu()) + hidden!;
    }

    private static GraphValue HiddenOf(GraphValue x, Func<GraphValue, GraphValue> layer)
    {
        GraphValue? hidden = null;
        x.Block("b", inner => (hidden = layer(inner)).Relu());
        return hidden!;
    }

    private static void GoOnAfterFailure(GraphValue x)
    {
        FluentActions.Invoking(() => x.Block("b", _ => throw new NotSupportedException())).Should().Throw<NotSupportedException>();
        x.GlobalAveragePool().Linear(10).Build();
    }
}
