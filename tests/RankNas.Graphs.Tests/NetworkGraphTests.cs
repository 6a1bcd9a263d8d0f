namespace RankNas.Graphs.Tests;

public sealed class NetworkGraphTests
{
    [Fact]
    public void Readers_live_nodes_and_costs_are_those_of_the_description()
    {
        GraphValue x = Graph.Images(new NetworkShape()).Conv(8, 3, name: "stem");
        GraphValue dead = x.Conv(4, 1, bias: true, name: "dead");
        dead.Relu("dead_too");
        NetworkGraph graph = (x.Relu("act") + x).GlobalAveragePool().Linear(10).Build();
        GraphNode Node(string name) => graph.Nodes.Single(node => node.Name == name);

        graph.ReadersOf(Node("stem")).Select(node => node.Name).Should().Equal("dead", "act", "add1");
        graph.ReadersOf(graph.Output).Should().BeEmpty();
        graph.Nodes.Where(node => !graph.IsLive(node)).Select(node => node.Name).Should().Equal("dead", "dead_too");
        graph.CostOf(Node("dead")).Should().Be(new NetworkCost((4 * 8) + 4, 4 * 8 * 1024));
        graph.CostOf(Node("act")).Should().Be(new NetworkCost(0, 0));
        graph.InputShapesOf(Node("add1")).Should().HaveCount(2).And.AllSatisfy(shape => shape.Should().Equal(8, 32, 32));
    }

    [Fact]
    public void A_value_computed_after_the_output_is_dead()
    {
        GraphValue logits = Graph.Images(new NetworkShape()).Flatten().Linear(10);
        logits.Relu("late");
        NetworkGraph graph = logits.Build();

        graph.IsLive(graph.Nodes[^1]).Should().BeFalse();
        graph.IsLive(graph.Output).Should().BeTrue();
        graph.IsLive(graph.Input).Should().BeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    public void Shapes_at_their_limits_are_taken(int size)
    {
        var shape = new NetworkShape { Channels = size, Height = size, Width = size, Classes = 1_000_000 };
        shape.Input.Should().Equal(size, size, size);
        FluentActions.Invoking(() => new NetworkShape { Height = 65_537 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Height is 65537: it must be from 1 to 65,536.*");
        FluentActions.Invoking(() => new NetworkShape { Width = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Width is 0: it must be from 1 to 65,536.*");
        FluentActions.Invoking(() => new NetworkShape { Classes = 1_000_001 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Classes is 1000001: it must be from 1 to 1,000,000.*");
    }

    [Fact]
    public void Rows_and_sequences_have_the_sizes_that_were_asked_for()
    {
        NetworkShape.OfRows(7, 2).Should().BeEquivalentTo(new { Rank = 1, Channels = 7, Height = 1, Width = 1, Classes = 2, InputText = "7" });
        NetworkShape.OfSequences(5, 7, 2).Should().BeEquivalentTo(new { Rank = 2, Channels = 7, Height = 5, Width = 1, Classes = 2, InputText = "5x7" });
        new NetworkShape { Height = 8 }.InputText.Should().Be("3x8x32");
    }

    [Fact]
    public void Skip_depth_is_the_mean_of_the_nodes_that_skips_pass_over()
    {
        GraphEdge[] edges = [new(0, 1, "skip", IsSkip: true), new(1, 5, "skip", IsSkip: true), new(0, 9, "conv")];

        new GraphBlock("cell", "cell", 0, 1, [.. edges]).SkipDepth.Should().Be(1.5);
        new GraphBlock("cell", "cell", 0, 1, [edges[2]]).SkipDepth.Should().Be(0);
    }

    [Fact]
    public void A_message_is_one_line_of_a_thousand_letters_at_most()
    {
        new GraphException("a\tb\r\nc").Message.Should().Be("a b  c");
        new GraphException(new string('a', 2_000)).Message.Should().Be(new string('a', 1_000));
    }

    [Fact]
    public void Sizes_are_written_height_first()
    {
        Size2D size = (5, 3);
        size.Should().Be(new Size2D(5, 3));
        size.ToString().Should().Be("5x3");
        Size2D.FromInt32(4).Should().Be(new Size2D(4, 4));
    }
}
