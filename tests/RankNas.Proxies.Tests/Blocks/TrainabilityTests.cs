using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Blocks;

public class TrainabilityTests
{
    [Fact]
    public void Score_BlockThatIsTheIdentity_IsMinusInfinity()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 8, x => x.Conv(4, 1), x => x);

        new Trainability().Score(network, NormalDraw.Of(4, 3, 8, 8)).Should().Be(double.NegativeInfinity);
    }

    [Theory]
    [InlineData(1.001)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Score_BlockThatScales_IsBestNearOne(double factor)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(4, 16, x => x, Row.Pointwise(4)).Set(1, eye(4).mul(factor));

        // The estimate is off by what is left of the mean of independent signs.
        new Trainability().Score(network, NormalDraw.Of(64, 4, 16, 16)).Should().BeApproximately(2 - factor - (1 / factor), 0.1 * factor);
    }

    [Fact]
    public void Score_AnyLinearBlock_HasTheLargestSingularValueOfItsWeight()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = randn([6, 4], generator: new Generator(3));
        using GraphModule network = Row.Of(4, 16, x => x, Row.Pointwise(6)).Set(1, weight);
        double largest = linalg.svdvals(weight).max().item<float>();

        new Trainability().Score(network, NormalDraw.Of(64, 4, 16, 16)).Should().BeApproximately(2 - largest - (1 / largest), 0.1 * largest);
    }

    [Fact]
    public void Score_SeveralBlocks_IsTheirMean()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(4, 16, x => x, Row.Pointwise(4), Row.Pointwise(4)).Set(1, eye(4).mul(2)).Set(2, eye(4).mul(4));

        new Trainability().Score(network, NormalDraw.Of(64, 4, 16, 16)).Should().BeApproximately((-0.5 - 2.25) / 2, 0.1);
    }

    [Fact]
    public void Score_BlockThatHalvesItsImages_CountsThePixelsOfASquareAsChannels()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 16, x => x, x => x.AveragePool(2));

        // Each of four pixels gets a quarter: the singular values are √(4/16).
        new Trainability().Score(network, NormalDraw.Of(64, 3, 16, 16)).Should().BeApproximately(2 - 0.5 - 2, 0.1);
    }

    [Fact]
    public void Score_BlockThatRoundsTheHalfUp_IsANumber()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 13, x => x, x => x.AveragePool(2, roundUp: true));

        new Trainability().Score(network, NormalDraw.Of(16, 3, 13, 7)).Should().BeInRange(-1, 0);
    }

    [Fact]
    public void Score_BlockThatWidensItsImages_SaysWhatItNeeds()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 8, x => x, x => x.Conv(3, 3, padding: 2));

        FluentActions.Invoking(() => new Trainability().Score(network, NormalDraw.Of(4, 3, 8, 8))).Should().Throw<NotSupportedException>()
            .WithMessage("Trainability needs blocks that keep their images' height and width, or divide both by the same whole number, and blocks of tokens that keep their number.");
    }

    [Fact]
    public void Score_FirstBlock_DoesNotCount()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(8, 3, 8, 8);
        double[] scores = [.. new[] { 1.0, 100.0 }.Select(factor =>
        {
            using GraphModule network = Row.Of(3, 8, Row.Pointwise(3), Row.Pointwise(3)).Set(0, eye(3).mul(factor)).Set(1, eye(3).mul(2));
            return new Trainability().Score(network, images);
        })];

        scores[1].Should().Be(scores[0]);
    }

    [Fact]
    public void Score_LayersBetweenTheBlocks_AreInWhatTheBlocksTakeIn()
    {
        using DisposeScope scope = NewDisposeScope();
        var shape = new NetworkShape { Channels = 3, Height = 8, Width = 8, Classes = 3 };
        using GraphModule network = Graph.Images(shape).Block("first", x => x.Scale(1)).Scale(2).Block("second", x => x * x).GlobalAveragePool().Linear(3).Build().ToModule();

        // The derivative of a square is twice what goes in, and what goes in is twice what the first block gives: √(2/π) on average.
        double σ = 4 * Math.Sqrt(2 / Math.PI);
        new Trainability().Score(network, NormalDraw.Of(64, 3, 8, 8).abs()).Should().BeApproximately(2 - σ - (1 / σ), 0.1 * σ);
    }

    [Fact]
    public void Score_BlocksSideBySide_AreEachScoredForTheirOwnInput()
    {
        using DisposeScope scope = NewDisposeScope();
        var shape = new NetworkShape { Channels = 3, Height = 16, Width = 16, Classes = 3 };
        GraphValue stem = Graph.Images(shape).Block("stem", x => x.Scale(1));
        GraphValue left = stem.Conv(5, 1).Block("left", x => x.Scale(2)), right = stem.Conv(7, 1).Block("right", x => x.Scale(4));
        using GraphModule network = Graph.Concatenate([left, right]).GlobalAveragePool().Linear(3).Build().ToModule();

        // Blocks of 5 and of 7 channels, neither of which takes what the other gives.
        new Trainability().Score(network, NormalDraw.Of(64, 3, 16, 16)).Should().BeApproximately((-0.5 - 2.25) / 2, 0.1);
    }

    [Fact]
    public void Score_FrozenNetworkAndGradientsOfBefore_ChangeNothingAndStay()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 8, x => x.Conv(4, 1), x => x.Conv(4, 3));
        Tensor images = NormalDraw.Of(4, 3, 8, 8);
        double expected = new Trainability().Score(network, images);
        using (GradientPasses.Exclusive())
        {
            network.call(images).sum().backward();
        }

        Tensor before = network.parameters().First().grad!.clone();
        network.parameters().Last().requires_grad = false;

        using (inference_mode())
        {
            new Trainability().Score(network, images).Should().Be(expected);
        }

        network.parameters().First().grad!.eq(before).all().item<bool>().Should().BeTrue();
        network.parameters().Last().requires_grad.Should().BeFalse();
    }

    [Fact]
    public void Proxy_Describes_Itself() =>
        ProxyDescriptor.Of(new Trainability()).Should().Be(new ProxyDescriptor("trainability", "", ScoreDirection.HigherIsBetter));
}
