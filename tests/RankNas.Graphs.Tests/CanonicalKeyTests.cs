using CsCheck;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Tests;

public sealed class CanonicalKeyTests
{
    private static readonly NetworkShape Shape = new() { Height = 8, Width = 8 };

    [Fact]
    public void Names_order_and_what_changes_nothing_do_not_matter() => Gen.Select(RandomGraphs.All, Gen.Int).Sample(
        (graph, seed) => Disguise(graph, new Random(seed)).CanonicalKey.Should().Be(graph.CanonicalKey), iter: 500, threads: 1);

    [Fact]
    public void Equal_are_sums_of_sums_in_any_order()
    {
        string left = KeyOf(x => x + (x.Relu() + x.Tanh()));

        KeyOf(x => x.Tanh() + x + x.Relu()).Should().Be(left);
        KeyOf(x => Graph.Sum(x.Relu(), x.Zeros(3, 8, 8).Conv(3, 3).BatchNorm(), x, x.Tanh().Identity())).Should().Be(left);
    }

    [Fact]
    public void Equal_are_sums_with_and_without_what_is_zero_whatever_the_weights()
    {
        string alone = KeyOf(x => x.Relu());

        KeyOf(x => x.Relu() + (x.Tanh() * x.Zeros(3, 8, 8))).Should().Be(alone);
        KeyOf(x => x.Relu() + x.Zeros(3, 8, 8).Conv(3, 3)).Should().Be(alone);
        KeyOf(x => x.Relu() + x.Tanh().Scale(0)).Should().Be(alone);
        KeyOf(x => x.Relu() + x.Zeros(3, 8, 8).Conv(3, 3, bias: true)).Should().NotBe(alone, "a bias is no zero");
        KeyOf(x => x.Relu() + x.Zeros(3, 8, 8).Sigmoid()).Should().NotBe(alone, "a sigmoid of zero is a half");
    }

    [Fact]
    public void A_linear_layer_of_zeros_is_zero_without_a_bias()
    {
        static string FlatKeyOf(Func<GraphValue, GraphValue> body) => body(Graph.Images(Shape).Flatten()).Linear(10).Build().CanonicalKey;
        string alone = FlatKeyOf(x => x.Relu());

        FlatKeyOf(x => x.Relu() + x.Zeros(192).Linear(192, bias: false)).Should().Be(alone);
        FlatKeyOf(x => x.Relu() + x.Zeros(192).Linear(192)).Should().NotBe(alone);
    }

    [Fact]
    public void Different_are_a_value_and_its_sum_with_zeros_of_a_larger_shape() =>
        KeyOf(x => x.GlobalAveragePool(keepDimensions: true) + x.Zeros(3, 8, 8)).Should().NotBe(KeyOf(x => x.GlobalAveragePool(keepDimensions: true)));

    [Fact]
    public void Different_are_layers_that_are_shared_and_layers_alike()
    {
        string[] keys =
        [
            KeyOf(x => x.Conv(3, 3)),
            KeyOf(x => x.Conv(3, 3) is var y ? y + y : x),
            KeyOf(x => x.Conv(3, 3) + x.Conv(3, 3)),
            KeyOf(x => x.Conv(3, 3) is var y ? y.Relu() + y.Tanh() + x.Conv(3, 3).Sigmoid() : x),
            KeyOf(x => x.Conv(3, 3) is var y ? y.Relu() + x.Conv(3, 3).Tanh() + y.Sigmoid() : x),
            KeyOf(x => x.Relu()),
            KeyOf(x => x.Relu() + x.Relu()),
            KeyOf(x => x.Conv(3, 3, bias: true)),
            KeyOf(x => x.Zeros(3, 8, 8).Sigmoid()),
            KeyOf(x => x.Zeros(3, 8, 8).Tanh()),
        ];

        keys.Should().OnlyHaveUniqueItems();
        keys.Should().OnlyContain(key => key.Length == 32);
        KeyOf(x => x.Relu() is var y ? y + y : x).Should().Be(keys[6], "without weights alike is the same");
    }

    [Fact]
    public void Key_is_the_same_in_every_process() => KeyOf(x => x.Conv(4, 3).BatchNorm().Relu()).Should().Be("e1daae466f0f1dbc795bc0637190828d");

    [Fact]
    public void Sum_that_is_doubled_a_hundred_times_takes_no_time() => KeyOf(x =>
    {
        for (int step = 0; step < 100; step++)
        {
            x += x;
        }

        return x;
    }).Should().HaveLength(32);

    private static string KeyOf(Func<GraphValue, GraphValue> body) => body(Graph.Images(Shape)).GlobalAveragePool().Linear(10).Build().CanonicalKey;

    // The same network by other names, with its sums turned round, and identities, dead layers and zeros that change nothing.
    private static NetworkGraph Disguise(NetworkGraph graph, Random random)
    {
        GraphValue images = Graph.Images(graph.Shape);
        var values = new List<GraphValue> { images };
        foreach (GraphNode node in graph.Nodes.Skip(1))
        {
            GraphValue[] inputs = [.. node.Inputs.Select(input => random.Next(4) == 0 ? values[input].Identity() : values[input])];
            if (node.Operation is AddOperation or MultiplyOperation)
            {
                random.Shuffle(inputs);
            }

            GraphValue value = images.Builder.Add(node.Operation, [.. inputs], $"node{node.Index}");
            if (random.Next(4) == 0)
            {
                value.Relu();
                value = Graph.Sum(value.Zeros([.. value.Shape]), value);
            }

            values.Add(value);
        }

        return values[graph.Output.Index].Build();
    }
}
