using System.Globalization;
using CsCheck;
using RankNas.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces.Tests;

public class NasBenchMacroSpaceTests
{
    private static readonly NasBenchMacroSpace Space = new();

    [Fact]
    public void CostOf_EveryArchitecture_IsThatOfTheBenchmark()
    {
        string[] rows = [.. File.ReadLines(TestData.Path("nas-bench-macro-cifar10.csv")).Skip(1)];
        rows.Should().HaveCount(6561);
        Space.Count.Should().Be(6561);
        foreach ((int index, string row) in rows.Index())
        {
            string[] columns = row.Split(',');
            NetworkCost cost = Space.CostOf(Space.Parse(columns[0]), new NetworkShape());

            (cost.Parameters, cost.Macs).Should().Be(
                (long.Parse(columns[3], CultureInfo.InvariantCulture), long.Parse(columns[4], CultureInfo.InvariantCulture)), row);
            Space.FromIndex(index).Text.Should().Be(columns[0], "the benchmark's order is the index");
        }
    }

    [Fact]
    public void Parse_EveryArchitecture_GivesItBack()
    {
        for (long index = 0; index < 6561; index++)
        {
            Space.IndexOf(Space.Parse(Space.FromIndex(index).Text)).Should().Be(index);
        }
    }

    [Theory]
    [InlineData("1", "*1 digits*must be 8*loses the first zeros*")]
    [InlineData("012201120", "*9 digits*")]
    [InlineData("01230112", "*'3' is none of 0, 1, 2*")]
    [InlineData("0122011a", "*'a' is none of*")]
    [InlineData("", "*Write for example '01220112'*")]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message);

    [Fact]
    public void Parse_AnyText_GivesAnArchitectureOrOneError() => Gen.String[Gen.Char["0123 a\0"], 0, 10].Sample(text =>
    {
        try
        {
            Space.Parse(text).Text.Should().Be(text.Trim());
        }
        catch (ArchitectureFormatException)
        {
            // One error, whatever the text.
        }
    });

    [Fact]
    public void Describe_Names_AreThoseOfTheAuthorsProgram()
    {
        using GraphModuleOf network = new("01220112");

        network.Names.Should().Contain(
            ["stem.0.weight", "features.0.downsample.0.weight", "features.0.downsample.1.bias", "features.1.conv.0.weight", "features.2.conv.7.running_var", "out.0.weight", "classifier.bias"])
            .And.NotContain(name => name.StartsWith("features.4.", StringComparison.Ordinal), "that layer is an identity of equal shape");
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("01220112")]
    [InlineData("22222222")]
    public void BuildNetwork_OneStepOfTraining_LowersTheLoss(string architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = Space.BuildNetwork(Space.Parse(architecture), new NetworkShape());
        Tensor images = NormalDraw.Of(16, 3, 32, 32), labels = arange(16, dtype: ScalarType.Int64).remainder(10);
        using optim.Optimizer optimizer = optim.SGD(network.parameters(), 0.05);
        double Loss(bool learns)
        {
            using DisposeScope step = NewDisposeScope();
            Tensor loss = nn.functional.cross_entropy(network.call(images), labels);
            if (learns)
            {
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }

            return loss.item<float>();
        }

        double before = Loss(learns: true);
        Loss(learns: false).Should().BeLessThan(before);
    }

    private sealed class GraphModuleOf(string architecture) : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _network = Space.BuildNetwork(Space.Parse(architecture), new NetworkShape());

        public IEnumerable<string> Names => _network.state_dict().Keys;

        public void Dispose() => _network.Dispose();
    }
}
