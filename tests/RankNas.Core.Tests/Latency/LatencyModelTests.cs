using System.Text.RegularExpressions;
using RankNas.Constraints;
using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Latency;

namespace RankNas.Core.Tests.Latency;

public class LatencyModelTests
{
    private static readonly NetworkShape Shape = new() { Height = 8, Width = 8 };

    private static NetworkGraph[] Networks => [.. Enumerable.Range(0, 27).Select(index => new TinySpace().Describe(new TinySpace().FromIndex(index), Shape))];

    [Fact]
    public void Fit_ToLatenciesThatAreLinear_PredictsWhatItHasNotSeen()
    {
        LatencyModel model = LatencyModel.Fit("a phone", Networks.Take(20).Select(network => (network, Milliseconds(network))));
        foreach (NetworkGraph network in Networks)
        {
            model.MillisecondsOf(network).Should().BeApproximately(Milliseconds(network), 1e-3 * Milliseconds(network));
        }

        model.MeanError.Should().BeLessThan(1);
        model.RankCorrelation.Should().BeGreaterThan(0.99);
        (model.Networks, model.Description).Should().Be((20, "a phone"));
    }

    [Fact]
    public void Fit_ToNoise_ShowsAnErrorAsLarge()
    {
        var random = new Random(1);
        LatencyModel model = LatencyModel.Fit("noise", Networks.Select(network => (network, Math.Exp(2 * random.NextDouble()))));
        model.MeanError.Should().BeGreaterThan(20);
        Math.Abs(model.RankCorrelation).Should().BeLessThan(0.6);
    }

    [Fact]
    public void Json_GivesBackTheSameModel()
    {
        LatencyModel model = LatencyModel.Fit("a phone", Networks.Take(9).Select(network => (network, Milliseconds(network))));
        LatencyModel read = LatencyModel.FromJson(model.ToJson());
        (read.Description, read.Networks, read.MeanError, read.RankCorrelation).Should().Be((model.Description, model.Networks, model.MeanError, model.RankCorrelation));
        Networks.Take(9).Should().OnlyContain(network => read.MillisecondsOf(network) == model.MillisecondsOf(network));
        FluentActions.Invoking(() => LatencyModel.FromJson("{}")).Should().Throw<InvalidDataException>().WithMessage("This is not a latency model: *");
        FluentActions.Invoking(() => LatencyModel.FromJson(model.ToJson().Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)))
            .Should().Throw<InvalidDataException>().WithMessage("This is not a latency model: its version is 2, and not 1.");
    }

    [Theory]
    [InlineData("\"description\": \"a phone\"", "\"description\": \" \"", "it has no description")]
    [InlineData("\"networks\": 9", "\"networks\": 0", "its networks or its error are none")]
    [InlineData("\"meanError\": [^,]+", "\"meanError\": -1", "its networks or its error are none")]
    [InlineData("\"meanError\": [^,]+", "\"meanError\": \"NaN\"", "its networks or its error are none")]
    [InlineData("\"weights\": {[^}]*}", "\"weights\": {}", "a weight is not a finite number of at least 0")]
    [InlineData("\"constant\": [^,]+", "\"constant\": -1", "a weight is not a finite number of at least 0")]
    [InlineData("\"constant\": [^,]+", "\"constant\": \"Infinity\"", "a weight is not a finite number of at least 0")]
    [InlineData("\"networks\": 9", "\"networks\": 1", null)]
    [InlineData("\"meanError\": [^,]+", "\"meanError\": 0", null)]
    public void FromJson_OfNumbersThatAreNone_SaysWhich(string found, string replaced, string? why)
    {
        string json = LatencyModel.Fit("a phone", Networks.Take(9).Select(network => (network, Milliseconds(network)))).ToJson();
        string changed = Regex.Replace(json, found, replaced);
        changed.Should().NotBe(json);
        Action read = () => LatencyModel.FromJson(changed);
        if (why is null)
        {
            read.Should().NotThrow();
        }
        else
        {
            read.Should().Throw<InvalidDataException>().WithMessage($"This is not a latency model: {why}.");
        }
    }

    [Fact]
    public void MeanError_IsRelative_AndUnknownWhereALayerIsInOneNetworkAlone()
    {
        var random = new Random(1);
        double[] milliseconds = [.. Networks.Select(_ => Math.Exp(2 * random.NextDouble()))];
        LatencyModel fast = LatencyModel.Fit("noise", Networks.Zip(milliseconds)), slow = LatencyModel.Fit("noise", Networks.Zip(milliseconds.Select(value => 1000 * value)));
        slow.MeanError.Should().BeApproximately(fast.MeanError, 1e-3 * fast.MeanError);

        NetworkGraph other = Graph.Images(Shape).Silu().MaxPool(2).GlobalAveragePool().Linear(Shape.Classes).Build();
        LatencyModel odd = LatencyModel.Fit("odd", Networks.Take(3).Append(other).Select(network => (network, 1.0)));
        (odd.MeanError, odd.RankCorrelation).Should().Be((double.PositiveInfinity, double.NaN));
    }

    [Fact]
    public void Null_IsRefusedByTheNameOfTheArgument()
    {
        LatencyModel model = LatencyModel.Fit("a phone", Networks.Take(3).Select(network => (network, 1.0)));
        (Action Act, string Name)[] calls =
        [
            (() => LatencyModel.Fit(null!, []), "description"),
            (() => LatencyModel.Fit("a phone", null!), "networks"),
            (() => model.MillisecondsOf((NetworkGraph)null!), "network"),
            (() => model.MillisecondsOf((ConstraintCandidate)null!), "candidate"),
        ];
        Array.ForEach(calls, call => call.Act.Should().Throw<ArgumentNullException>().WithParameterName(call.Name));
    }

    [Fact]
    public void AnOperationThatNoNetworkHad_IsRefused()
    {
        LatencyModel model = LatencyModel.Fit("a phone", Networks.Take(9).Select(network => (network, Milliseconds(network))));
        NetworkGraph other = Graph.Images(Shape).Silu().MaxPool(2).GlobalAveragePool().Linear(Shape.Classes).Build();
        FluentActions.Invoking(() => model.MillisecondsOf(other)).Should().Throw<InvalidOperationException>().WithMessage("The model knows nothing of 'pooling *fit it to measured networks that have it too.");
    }

    [Fact]
    public void TooFewOrWrongLatencies_AreRefused()
    {
        FluentActions.Invoking(() => LatencyModel.Fit("a phone", Networks.Take(2).Select(network => (network, 1.0)))).Should().Throw<ArgumentException>().WithMessage("There are 2 networks: measure at least 3.*");
        FluentActions.Invoking(() => LatencyModel.Fit("a phone", Networks.Select(network => (network, 0.0)))).Should().Throw<ArgumentException>().WithMessage("A latency is not a finite number*");
        FluentActions.Invoking(() => LatencyModel.Fit("a phone", Networks.Select((network, place) => (network, place == 3 ? double.NaN : 1.0)))).Should().Throw<ArgumentException>().WithMessage("A latency is not a finite number*");
    }

    private static double Milliseconds(NetworkGraph network) => 0.3 + 2e-6 * network.Costs.Macs + 0.05 * network.Nodes.Count(node => node.Operation is RankNas.Graphs.Operations.ConvolutionOperation && network.IsLive(node));
}
