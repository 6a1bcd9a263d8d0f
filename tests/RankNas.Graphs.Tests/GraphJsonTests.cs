using System.Text;
using CsCheck;

namespace RankNas.Graphs.Tests;

public sealed class GraphJsonTests
{
    private static string Small => Graph.Images(new NetworkShape())
        .Block("cells.0", x => Graph.Sum(x.Edge(0, 1, "conv", edge => edge.Conv(3, 3)), x.Edge(0, 1, "skip", edge => edge)), kind: "cell")
        .Reshape(3, 1024).Transpose(1, 0).Flatten().Linear(10).Build().ToJson();

    [Fact]
    public void Round_trip_of_random_graphs_changes_nothing() => RandomGraphs.All.Sample(
        graph =>
        {
            string json = graph.ToJson();
            NetworkGraph read = NetworkGraph.FromJson(json);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));

            read.ToJson().Should().Be(json);
            NetworkGraph.FromJson(stream).ToJson().Should().Be(json);
            read.Nodes.Select(Comparable).Should().Equal(graph.Nodes.Select(Comparable));
            read.Parameters.Select(parameter => (parameter.Name, string.Join(',', parameter.Shape), parameter.Node))
                .Should().Equal(graph.Parameters.Select(parameter => (parameter.Name, string.Join(',', parameter.Shape), parameter.Node)));
            read.Blocks.SelectMany(block => block.Edges).Should().Equal(graph.Blocks.SelectMany(block => block.Edges));
            read.Blocks.Select(block => (block.Name, block.Kind, block.Input, block.Output)).Should().Equal(graph.Blocks.Select(block => (block.Name, block.Kind, block.Input, block.Output)));
            read.Shape.Should().Be(graph.Shape);
            read.Output.Index.Should().Be(graph.Output.Index);
            read.Costs.Should().Be(graph.Costs);
            read.CanonicalKey.Should().Be(graph.CanonicalKey);
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void Text_of_a_small_network_is_as_documented() => Graph.Images(new NetworkShape()).Conv(8, 3, name: "stem").GlobalAveragePool().Linear(10).Build().ToJson().Should().Be(
        """
        {"format":1,"channels":3,"height":32,"width":32,"classes":10,"nodes":[
        {"name":"stem","inputs":[0],"operation":{"type":"convolution","outChannels":8,"kernel":[3,3],"stride":[1,1],"padding":[1,1],"dilation":[1,1],"groups":1,"hasBias":false}},
        {"name":"pool1","inputs":[1],"operation":{"type":"globalPooling","kind":"Average","keepsDimensions":false}},
        {"name":"linear1","inputs":[2],"operation":{"type":"linear","outFeatures":10,"hasBias":true}}],"blocks":[],"output":3}
        """.ReplaceLineEndings(""));

    [Theory]
    [InlineData("", "", "The text is no graph: *")]
    [InlineData("\"format\":1", "\"format\":2", "The text is no graph: its format is 2, and this version reads 1: *")]
    [InlineData("\"channels\":3", "\"channels\":0", "The text is no graph: Channels is 0: it must be from 1 to 65,536*")]
    [InlineData("\"channels\":3", "\"channels\":3,\"channels\":3", "The text is no graph: *")]
    [InlineData("\"channels\":3", "\"channels\":3,\"colours\":3", "The text is no graph: *colours*")]
    [InlineData("\"channels\":3,", "", "The text is no graph: *channels*")]
    [InlineData("\"outChannels\":3", "\"outChannels\":4", "'cells.0.add1', a sum, does not fit [4, 32, 32] and [3, 32, 32]: *")]
    [InlineData("\"outChannels\":3", "\"outChannels\":-3", "'cells.0.conv1', a 3x3 convolution to -3 channels, does not fit [3, 32, 32]: *")]
    [InlineData("\"outChannels\":3", "\"outChannels\":99999999999", "The text is no graph: *")]
    [InlineData("\"kernel\":[3,3]", "\"kernel\":[3]", "The text is no graph: A size is [height, width]*")]
    [InlineData("\"kernel\":[3,3]", "\"kernel\":[3,3,3]", "The text is no graph: A size is [height, width]*")]
    [InlineData("\"kernel\":[3,3]", "\"kernel\":null", "The text is no graph: A size is [height, width]*")]
    [InlineData("\"type\":\"convolution\"", "\"type\":\"deconvolution\"", "The text is no graph: *deconvolution*")]
    [InlineData("\"inputs\":[1,0]", "\"inputs\":[1,9]", "The text is no graph: node 9 is read before it is there.")]
    [InlineData("\"inputs\":[1,0]", "\"inputs\":[1,-1]", "The text is no graph: node -1 is read before it is there.")]
    [InlineData("\"inputs\":[1,0]", "\"inputs\":[1,2]", "The text is no graph: node 2 is read before it is there.")]
    [InlineData("\"inputs\":[1,0]", "\"inputs\":null", "The text is no graph: *")]
    [InlineData("\"shape\":[3,1024]", "\"shape\":null", "The text is no graph: *")]
    [InlineData("\"shape\":[3,1024]", "\"shape\":[-3,-1024]", "'reshape1', a reshape to [-3, -1024], does not fit*")]
    [InlineData("\"axes\":[1,0]", "\"axes\":[1,1]", "'transpose1', *")]
    [InlineData("\"nodes\":[", "\"nodes\":[null,", "The text is no graph: a node is null.")]
    [InlineData("\"blocks\":[", "\"blocks\":[null,", "The text is no graph: a block or an edge is null.")]
    [InlineData("\"edge\":0", "\"edge\":7", "'conv1' is on edge 7, and there is none*")]
    [InlineData("\"target\":1", "\"target\":2000000000", "The edge 0→2000000000 leads nowhere*")]
    [InlineData("\"first\":1", "\"first\":0", "The text is no graph: the nodes of 'cells.0' are not there*")]
    [InlineData("\"count\":2", "\"count\":2000000000", "The text is no graph: the nodes of 'cells.0' are not there*")]
    [InlineData("\"count\":2", "\"count\":0", "The text is no graph: the nodes of 'cells.0' are not there*")]
    [InlineData("\"count\":2", "\"count\":7", "The text is no graph: the nodes of 'cells.0' are not there*")]
    [InlineData("\"count\":2", "\"count\":3", "The text is no graph: a name is too long, or does not begin with that of its block*")]
    [InlineData("\"count\":2", "\"count\":1", "The text is no graph: the output of 'cells.0' is none of its nodes.")]
    [InlineData("\"name\":\"cells.0\"", "\"name\":\"\"", "'' is no name of a layer*")]
    [InlineData("\"name\":\"transpose1\"", "\"name\":\"reshape1\"", "There is 'reshape1' already*")]
    [InlineData("\"name\":\"transpose1\"", "\"name\":\"a b\"", "'a b' is no name of a layer*")]
    [InlineData("\"name\":\"transpose1\"", "\"name\":\"a\\nb\"", "'a b' is no name of a layer*")]
    [InlineData("\"output\":6", "\"output\":6,\"rank\":4", "The text is no graph: its inputs have 4 dimensions, and they have 1, 2 or 3.")]
    [InlineData("\"output\":6", "\"output\":5", "The network gives [3072] where [10] classes are wanted*")]
    public void What_is_no_graph_is_refused_in_one_line(string found, string replaced, string message)
    {
        string json = found.Length == 0 ? "" : Small.Replace(found, replaced, StringComparison.Ordinal);

        json.Should().NotBe(Small);
        FluentActions.Invoking(() => NetworkGraph.FromJson(json)).Should().Throw<GraphException>().WithMessage(message).Which.Message.Should().NotContain("\n");
    }

    [Theory]
    [InlineData("\"nodes\":[", 99_993, "The text is no graph: a node is null.")]
    [InlineData("\"nodes\":[", 99_994, "The text is no graph: it has more than 100000 nodes, or more blocks than nodes.")]
    [InlineData("\"blocks\":[", 5, "The text is no graph: a block or an edge is null.")]
    [InlineData("\"blocks\":[", 6, "The text is no graph: it has more than 100000 nodes, or more blocks than nodes.")]
    public void More_nodes_than_any_network_has_are_refused_before_they_are_read(string list, int more, string message) =>
        FluentActions.Invoking(() => NetworkGraph.FromJson(Small.Replace(list, list + string.Concat(Enumerable.Repeat("null,", more)), StringComparison.Ordinal)))
            .Should().Throw<GraphException>().WithMessage(message);

    [Theory]
    [InlineData("null", "The text is no graph: it is null.")]
    [InlineData("[]", "The text is no graph: *")]
    public void What_is_another_value_is_refused(string json, string message) =>
        FluentActions.Invoking(() => NetworkGraph.FromJson(json)).Should().Throw<GraphException>().WithMessage(message);

    [Fact]
    public void A_text_of_more_than_64_MiB_is_refused_as_too_long()
    {
        const string Message = "The text is no graph: it is longer than 64 MiB.";
        FluentActions.Invoking(() => NetworkGraph.FromJson(new string(' ', (64 << 20) + 1))).Should().Throw<GraphException>().WithMessage(Message);
        using var stream = new MemoryStream(new byte[(64 << 20) + 1]);
        FluentActions.Invoking(() => NetworkGraph.FromJson(stream)).Should().Throw<GraphException>().WithMessage(Message);
    }

    [Theory]
    [InlineData("\"kind\":\"cell\"", "\"kind\":\"@\"", 500, null)]
    [InlineData("\"kind\":\"cell\"", "\"kind\":\"@\"", 501, "The text is no graph: a name is too long.")]
    [InlineData("\"operation\":\"skip\"", "\"operation\":\"@\"", 500, null)]
    [InlineData("\"operation\":\"skip\"", "\"operation\":\"@\"", 501, "The text is no graph: a block or an edge is null.")]
    [InlineData("\"name\":\"transpose1\"", "\"name\":\"@\"", 500, null)]
    [InlineData("\"name\":\"transpose1\"", "\"name\":\"@\"", 501, "The text is no graph: a name is too long, *")]
    [InlineData("cells.0", "@", 494, null)]
    [InlineData("\"name\":\"cells.0\"", "\"name\":\"@\"", 501, "The text is no graph: a name is too long.")]
    [InlineData("\"name\":\"cells.0\"", "\"name\":\"@\"", 500, "The text is no graph: a name is too long, or does not begin with that of its block, *")]
    public void Names_of_500_letters_are_read_and_longer_ones_refused(string found, string replaced, int letters, string? message)
    {
        string json = Small.Replace(found, replaced.Replace("@", new string('a', letters), StringComparison.Ordinal), StringComparison.Ordinal);
        Action read = () => NetworkGraph.FromJson(json).ToJson().Should().Be(json);

        if (message is null)
        {
            read.Should().NotThrow();
        }
        else
        {
            read.Should().Throw<GraphException>().WithMessage(message);
        }
    }

    [Fact]
    public void Networks_of_rows_and_sequences_and_those_that_end_in_a_block_are_read_as_they_are()
    {
        NetworkGraph[] graphs =
        [
            Graph.Input(NetworkShape.OfRows(7, 2)).Linear(2).Build(),
            Graph.Input(NetworkShape.OfSequences(5, 7, 2)).Flatten().Linear(2).Build(),
            Graph.Images(new NetworkShape()).Flatten().Block("head", x => x.Linear(10)).Build(),
        ];

        foreach (NetworkGraph graph in graphs)
        {
            NetworkGraph read = NetworkGraph.FromJson(graph.ToJson());
            read.ToJson().Should().Be(graph.ToJson());
            read.Shape.Should().Be(graph.Shape);
            read.Blocks.Length.Should().Be(graph.Blocks.Length);
        }
    }

    [Fact]
    public void A_network_that_costs_more_than_can_be_counted_is_refused()
    {
        GraphValue values = Graph.Input(NetworkShape.OfRows(8, 2)).Zeros(int.MaxValue, int.MaxValue).Relu().Tanh();
        string json = values.Slice(0, 0, 1).Slice(1, 0, 1).Flatten().Linear(2).Build().ToJson();

        FluentActions.Invoking(() => NetworkGraph.FromJson(json)).Should().Throw<GraphException>()
            .WithMessage("The text is no graph: it has more parameters or values than can be counted.");
    }

    [Fact]
    public void Every_shorter_text_is_refused()
    {
        string small = Small;
        for (int length = 0; length < small.Length; length++)
        {
            FluentActions.Invoking(() => NetworkGraph.FromJson(small[..length])).Should().Throw<GraphException>();
        }
    }

    [Fact]
    public void Changed_bytes_are_a_graph_or_are_refused() => Gen.Select(RandomGraphs.All, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 4]).Sample(
        (graph, changes) =>
        {
            byte[] json = Encoding.UTF8.GetBytes(graph.ToJson());
            Array.ForEach(changes, change => json[change.Item1 % json.Length] = change.Item2);
            using var stream = new MemoryStream(json);
            try
            {
                NetworkGraph.FromJson(stream).ToJson().Should().NotBeEmpty();
            }
            catch (GraphException exception)
            {
                exception.Message.Should().NotContain("\n");
            }
        },
        iter: 2_000,
        threads: 1);

    private static string Comparable(GraphNode node) =>
        $"{node.Index} {node.Name} [{string.Join(',', node.Inputs)}] [{string.Join(',', node.Shape)}] {node.Block} {node.Edge} {node.Operation.GetHashCode()}";
}
