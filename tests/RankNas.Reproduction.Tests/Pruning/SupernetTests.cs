using RankNas.Graphs;
using RankNas.Reproduction.Pruning;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Reproduction.Tests.Pruning;

public class SupernetTests
{
    // Stem 3·3·9 + 6; each of six edges a 1x1 and a 3x3 convolution with BatchNorm: 10·c² + 4·c; two residual blocks; BatchNorm and linear.
    [Fact]
    public void Describe_Whole_HasTheParametersOfThreeCells()
    {
        static int Cell(int channels) => 6 * (10 * channels * channels + 4 * channels);
        static int Block(int channels) => channels / 2 * channels * (1 + 9) + 2 * channels + 9 * channels * channels + 2 * channels;
        const int Batch = 12;

        long parameters = Supernet.Whole.Describe(new NetworkShape()).Parameters.Sum(parameter => parameter.Shape.Aggregate(1L, (product, size) => product * size));

        parameters.Should().Be(81 + 6 + Cell(3) + Block(6) + Cell(6) + Block(12) + Cell(12) + 2 * Batch + 10 * Batch + 10);
    }

    [Fact]
    public void Without_EveryOtherOperation_IsASinglePath()
    {
        Supernet supernet = Supernet.Whole;
        for (int edge = 0; edge < 6; edge++)
        {
            supernet.IsSinglePath.Should().BeFalse();
            foreach (CellOperation operation in (CellOperation[])[CellOperation.SkipConnect, CellOperation.Convolution1x1, CellOperation.AveragePooling3x3])
            {
                supernet = supernet.Without(edge, operation);
            }
        }

        supernet.IsSinglePath.Should().BeTrue();
        supernet.Operations.Should().OnlyContain(left => left.Single() == CellOperation.Convolution3x3);
    }

    [Fact]
    public void Describe_OneOperationLess_SharesTheNamesOfAllOtherParameters()
    {
        string[] NamesOf(Supernet supernet) => [.. supernet.Describe(new NetworkShape()).Parameters.Select(parameter => parameter.Name)];
        string[] whole = NamesOf(Supernet.Whole);

        string[] pruned = NamesOf(Supernet.Whole.Without(2, CellOperation.Convolution3x3));

        whole.Except(pruned).Should().HaveCount(9).And.OnlyContain(name => name.Contains(".edges.2.Convolution3x3."));
        pruned.Except(whole).Should().BeEmpty();
    }

    // Two lines in the plane, x = 0 and y = x: four regions, of which the points below see three.
    [Fact]
    public void LinearRegions_TwoUnitsInThePlane_AreCountedByTheirSides()
    {
        using nn.Module<Tensor, Tensor> network = nn.Linear(2, 2, hasBias: false);
        using Tensor weights = tensor(new float[,] { { 1, 0 }, { -1, 1 } });
        using Tensor points = tensor(new float[,] { { 1, 2 }, { 2, 5 }, { 1, -1 }, { -1, 3 }, { -2, 7 } });
        using (no_grad())
        {
            ((TorchSharp.Modules.Linear)network).weight.copy_(weights);
        }

        LinearRegions.Count(network, [points]).Should().Be(3);
    }

    [Fact]
    public void Ranks_EqualChanges_AreEqual() => PruningRanks.Of([0.3, -0.1, 0.3, 0.0, -0.1004]).Should().Equal(2, 0, 2, 1, 0);
}
