using System.Globalization;
using RankNas.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces.Tests;

public class DartsSpaceTests
{
    // DARTS_V2 of the authors' genotypes.py, as Python prints it.
    private const string SecondOrder =
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), "
        + "('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), "
        + "('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";

    // Every operation in both kinds of cell, from inputs of both kinds.
    private const string Mixed =
        "Genotype(normal=[('dil_conv_5x5', 0), ('avg_pool_3x3', 1), ('sep_conv_5x5', 2), ('skip_connect', 0), ('none', 3), ('max_pool_3x3', 1), ('dil_conv_3x3', 4), "
        + "('sep_conv_3x3', 0)], normal_concat=range(2, 6), reduce=[('avg_pool_3x3', 0), ('skip_connect', 1), ('dil_conv_5x5', 1), ('sep_conv_5x5', 2), ('none', 0), "
        + "('dil_conv_3x3', 3), ('max_pool_3x3', 4), ('sep_conv_3x3', 1)], reduce_concat=range(2, 6))";

    private static readonly DartsSpace Space = new();

    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "", "*no genotype of a normal and a reduction cell*Write for example Genotype(normal=*" },
        { Mixed.Replace("normal=", "normale=", StringComparison.Ordinal), "*no genotype*" },
        { Mixed.Replace("('dil_conv_5x5', 0)", "('dil_conv_7x7', 0)", StringComparison.Ordinal), "*no operation 'dil_conv_7x7', only none, max_pool_3x3,*" },
        { Mixed.Replace("('avg_pool_3x3', 1), ", "", StringComparison.Ordinal), "*normal cell has 7 edges where there must be 8*" },
        { Mixed.Replace("('sep_conv_5x5', 2), ('skip", "('sep_conv_5x5', 3), ('skip", StringComparison.Ordinal), "*edge 2 of its normal cell comes from 3, and may come from 0 to 2*" },
        { Mixed.Replace("('sep_conv_3x3', 1)]", "('sep_conv_3x3', 99999999999999999999)]", StringComparison.Ordinal), "*edge 7 of its reduce cell comes from 99999999999999999999*" },
        { Mixed.Replace("('dil_conv_5x5', 0)", "('dil_conv_5x5', ٠)", StringComparison.Ordinal), "*edge 0 of its normal cell comes from ٠*" },
        { Mixed.Replace("('dil_conv_5x5', 0)", "('dil_conv_5x5', -1)", StringComparison.Ordinal), "*normal cell has '('dil_conv_5x5', -1)' where there must be edges such as ('sep_conv_3x3', 0)*" },
        { Mixed.Replace("('avg_pool_3x3', 1)", "('avg_pool_3x3', 1) or not", StringComparison.Ordinal), "*normal cell has 'or not' where there must be edges*" },
        { Mixed.Replace("normal_concat=range(2, 6)", "normal_concat=range(3, 6)", StringComparison.Ordinal), "*joins 'range(3,6)'*range(2, 6)*" },
        { Mixed + ")", "*no genotype*" },
    };

    [Fact]
    public void CostOf_TheAuthorsNetwork_HasItsParameters()
    {
        var evaluated = new DartsSpace(new DartsOptions { Cells = 20, Channels = 36 });

        evaluated.CostOf(evaluated.Parse(SecondOrder), new NetworkShape()).Parameters.Should().Be(3_349_342, "NetworkCIFAR without its auxiliary head");
    }

    // Counted by a PyTorch program written after the authors' operations.py and model.py.
    [Theory]
    [InlineData(16, 8, SecondOrder, 246_106)]
    [InlineData(16, 8, Mixed, 237_754)]
    [InlineData(4, 5, Mixed, 14_702)]
    public void CostOf_OtherNetworks_HasThoseOfPyTorch(int channels, int cells, string genotype, long parameters)
    {
        var space = new DartsSpace(new DartsOptions { Cells = cells, Channels = channels });

        space.CostOf(space.Parse(genotype), new NetworkShape()).Parameters.Should().Be(parameters);
    }

    // The same program's logits of the first image, in training mode and float64: weight i of the parameter whose name has the character sum k is sin(0.7i + k) · 0.4, those of BatchNorm 1 more.
    [Fact]
    public void BuildNetwork_WeightsByName_ComputesWhatPyTorchDoes()
    {
        double[] expected =
        [
            3.6602257338536948, 1.4439962667492363, -1.631626470403272, -3.658307430601552, -3.399049581295848, -1.0494028319701123, 1.9010468963952118, 3.612341444264714, 3.0454663199320002,
            0.5990556366884989,
        ];
        var space = new DartsSpace(new DartsOptions { Cells = 5, Channels = 4 });
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Parse(Mixed), new NetworkShape()).to(ScalarType.Float64);
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor parameter) in network.named_parameters())
        {
            Tensor ramp = (arange(parameter.numel(), dtype: ScalarType.Float64, device: CPU) * 0.7) + name.Sum(letter => letter);
            bool isScale = parameter.dim() == 1 && name.EndsWith("weight", StringComparison.Ordinal);
            parameter.copy_((ramp.sin() * 0.4).reshape(parameter.shape) + (isScale ? 1 : 0));
        }

        network.train();
        Tensor images = (linspace(-1, 1, 4 * 3 * 32 * 32, ScalarType.Float64, CPU) * 7).sin().reshape(4, 3, 32, 32);

        Tensor logits = network.call(images)[0];

        logits.data<double>().Zip(expected).Should().HaveCount(10).And.OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Fact]
    public void Describe_Names_AreThoseOfNetworkCifar()
    {
        NetworkGraph graph = Space.Describe(Space.Parse(Mixed), new NetworkShape());

        graph.Parameters.Select(parameter => parameter.Name).Should().Contain(
        [
            "stem.0.weight", "stem.1.bias", "cells.0.preprocess0.op.1.weight", "cells.0.preprocess1.op.2.weight", "cells.0._ops.0.op.1.weight", "cells.0._ops.2.op.5.weight",
            "cells.2._ops.1.conv_1.weight", "cells.2._ops.1.conv_2.weight", "cells.2._ops.1.bn.weight", "cells.3.preprocess0.conv_1.weight", "cells.3.preprocess0.bn.bias",
            "cells.5.preprocess0.op.1.weight", "cells.6.preprocess0.conv_2.weight", "classifier.weight", "classifier.bias",
        ]);
    }

    [Fact]
    public void Parse_TheBenchmarksCells_AreCellsThatCanBeScored()
    {
        string[] rows = [.. File.ReadLines(TestData.Path("darts-cifar10-500.csv")).Skip(1)];
        rows.Should().HaveCount(500);
        int viable = 0;
        foreach (string[] columns in rows.Select(row => row.Split(',')))
        {
            string text = GenotypeOf(columns[0], columns[1]);

            Architecture architecture = Space.Parse(text);

            architecture.Text.Should().Be(text);
            Space.CostOf(architecture, new NetworkShape()).Parameters.Should().BePositive();
            bool hasOne = Enumerable.Range(0, 4).All(node => columns[0].Split(' ')[(2 * node)..((2 * node) + 2)] is var edges
                && !edges.Any(edge => edge.StartsWith("none", StringComparison.Ordinal)) && edges[0].Split('~')[1] != edges[1].Split('~')[1]);
            Space.IsViable(architecture).Should().Be(hasOne, text);
            viable += hasOne ? 1 : 0;
        }

        viable.Should().BeInRange(1, 499, "both kinds of cell are there");
    }

    [Fact]
    public void Parse_AsPythonWritesLists_IsTheSameArchitecture() => Space.Parse(SecondOrder).Text.Should().Be(
        SecondOrder.Replace("[2, 3, 4, 5]", "range(2, 6)", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message).Which.Message.Should().NotContain("\n");

    [Fact]
    public void Sample_WithAllCells_DrawsThoseThatDartsCannotChoose()
    {
        var all = new DartsSpace(new DartsOptions { IncludeAllCells = true });
        var random = new Random(4);
        Architecture[] drawn = [.. Enumerable.Range(0, 100).Select(_ => all.Sample(random))];

        drawn.Should().Contain(architecture => !Space.IsViable(architecture)).And.OnlyContain(architecture => all.IsViable(architecture));
        all.Id.Should().Be(Space.Id, "the networks are the same");
    }

    [Fact]
    public void Count_IsEveryChoiceOfBothCells()
    {
        // Eight operations on each of eight edges, and 2, 3, 4, 5 inputs for the two edges of each node.
        System.Numerics.BigInteger cell = System.Numerics.BigInteger.Pow(8, 8) * (2 * 2 * 3 * 3 * 4 * 4 * 5 * 5);

        Space.Count.Should().Be(cell * cell);
    }

    [Theory]
    [InlineData(30, 32)]
    [InlineData(32, 2)]
    public void Describe_ImagesThatCannotBeHalvedTwice_SaysSo(int height, int width) => Space.Invoking(
            space => space.Describe(space.Parse(Mixed), new NetworkShape { Height = height, Width = width }))
        .Should().Throw<GraphException>().WithMessage($"*multiples of 4, not {height}x{width}*");

    [Fact]
    public void Options_OutOfRange_SaySo()
    {
        FluentActions.Invoking(() => new DartsOptions { Cells = 2 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Cells is 2: it must be from 3 to 1,000.*");
        FluentActions.Invoking(() => new DartsOptions { Channels = 15 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Channels is 15: it must be even.*");
        FluentActions.Invoking(() => new DartsOptions { Channels = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static string GenotypeOf(string normal, string reduce) =>
        $"Genotype(normal=[{EdgesOf(normal)}], normal_concat=range(2, 6), reduce=[{EdgesOf(reduce)}], reduce_concat=range(2, 6))";

    private static string EdgesOf(string cell) => string.Join(", ", cell.Split(' ').Select(edge => edge.Split('~'))
        .Select(parts => string.Create(CultureInfo.InvariantCulture, $"('{parts[0]}', {parts[1]})")));

    [Fact]
    public void Parse_LongGenotype_IsRefusedAtOnce()
    {
        string spaces = new(' ', 1_000_000);

        FluentActions.Invoking(() => new DartsSpace().Parse($"Genotype(normal=[('none',{spaces}], normal_concat=range(2, 6), reduce=[], reduce_concat=range(2, 6))"))
            .Should().Throw<ArchitectureFormatException>();
    }
}
