using CsCheck;
using RankNas.Graphs;
using RankNas.Kernels.Tests.Support;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static RankNas.Kernels.Tests.Support.Tensors;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Execution;

/// <summary>Each kernel beside libtorch in float64, on small blocks that end with it.</summary>
public class NodeKernelTests
{
    private const double LargestError = 2e-5;

    // Half of what lies between a bfloat16 and the next, in proportion.
    private const double HalfAStep = 1.0 / 256;

    private static readonly Gen<Size2D> Sizes = Gen.Select(Gen.Int[1, 13], Gen.Int[1, 13]).Select((height, width) => new Size2D(height, width));

    private static readonly Gen<int> Channels = Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, 9].Select(eights => 8 * eights));

    [Fact]
    public void AnyConvolution_IsLibtorchs() =>
        Gen.Select(Sizes, Channels, Gen.Int[1, 40], Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5]), Gen.Select(Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[1, 2]), Gen.Int)
            .Sample((size, channels, outChannels, kernel, rest, seed) =>
        {
            var draw = new Random(seed);
            int[] groups = [.. Enumerable.Range(1, channels).Where(count => channels % count == 0)];
            int group = draw.Next(3) > 0 ? 1 : draw.GetItems(groups, 1)[0];
            Check(size, channels, seed, x => Before(x, draw).Conv(
                group == 1 ? outChannels : group * (1 + (outChannels % 3)), (kernel.Item1, kernel.Item2), rest.Item1, (rest.Item2, rest.Item2 / 2), (rest.Item3, 1 + (seed & 1)), group, draw.Next(2) == 0));
        });

    [Fact]
    public void ThreeByThree_OfWholeTiles_IsLibtorchs() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int).Sample((height, width, channels, outChannels, seed) =>
            Check((4 * height, 4 * width), 8 * channels, seed, x => Before(x, new Random(seed)).Conv(8 * outChannels, 3)), iter: 60);

    [Fact]
    public void Pointwise_IsLibtorchs() => Gen.Select(Sizes, Channels, Channels, Gen.Int).Sample((size, channels, outChannels, seed) =>
        Check(size, channels, seed, x => Before(x, new Random(seed)).Conv(outChannels, 1, bias: seed % 2 == 0)), iter: 60);

    [Fact]
    public void Depthwise_IsLibtorchs() => Gen.Select(Sizes, Channels, Gen.Int[1, 2], Gen.Int).Sample((size, channels, stride, seed) =>
        Check(size, channels, seed, x => Before(x, new Random(seed)).DepthwiseConv(seed % 2 == 0 ? 3 : 5, stride, bias: seed % 3 == 0)), iter: 60);

    [Fact]
    public void Sums_NormalisedOrNot_AreLibtorchs() => Gen.Select(Sizes, Channels, Gen.Int[0, 3].Array[1, 6], Gen.Int).Sample((size, channels, kinds, seed) =>
        Check(size, channels, seed, x =>
        {
            GraphValue[] terms = [.. kinds.Select(kind => kind switch { 0 => x, 1 => x.BatchNorm(), 2 => x.Conv(x.Channels, 1).BatchNorm(), _ => x.AveragePool(3, 1, 1) })];
            GraphValue sum = Graph.Sum(terms);
            return (seed & 3) switch { 0 => sum, 1 => sum.Relu(), _ => sum.Relu6() };
        }));

    [Fact]
    public void Poolings_AreLibtorchs() => Gen.Select(Sizes, Channels, Gen.Int[0, 4], Gen.Int).Sample((size, channels, kind, seed) =>
        Check(size, channels, seed, x => kind switch
        {
            0 => Before(x, new Random(seed)).AveragePool(3, 1, 1),
            1 when size is { Height: > 1, Width: > 1 } => x.AveragePool(2),
            2 => x.AveragePool(2, roundUp: true),
            3 => Before(x, new Random(seed)).GlobalAveragePool(keepDimensions: true),
            _ => x.MaxPool(3, 2, 1),
        }));

    [Fact]
    public void Normalisation_MeanFarFromZero_KeepsItsDigits()
    {
        using var scope = NewDisposeScope();
        NetworkGraph graph = GraphOf(8, 16, x => x.BatchNorm());
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        Tensor images = Pass.Images(graph, 8, 1).AddInPlace(Filled(empty(1), 1000));
        Tensor own = Pass.Execute(module, images).Block;
        module.to(ScalarType.Float64);
        Difference(Pass.Watch(module, images.to(ScalarType.Float64)).Block, own).Should().BeLessThan(1e-3);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void NaN_ThatIsRectified_StaysNaN(int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        NetworkGraph graph = GraphOf(8, 16, x => x.Relu().Conv(16, kernel, stride));
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        Pass.Execute(module, Filled(Pass.Images(graph, 2, 1), double.NaN)).Block.isnan().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void ThreeByThree_ErrsByFewTimesWhatLibtorchDoes()
    {
        using var scope = NewDisposeScope();
        NetworkGraph graph = GraphOf(16, 64, x => x.Conv(64, 3));
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        Tensor images = Pass.Images(graph, 8, 1);
        Tensor own = Pass.Execute(module, images).Block, libtorch = Pass.Execute(module, images, byKernels: false).Block;
        module.to(ScalarType.Float64);
        Tensor exact = Pass.Watch(module, images.to(ScalarType.Float64)).Block;
        Difference(exact, own).Should().BeLessThan(5 * Difference(exact, libtorch));
    }

    [Fact]
    public void EveryWidthOfTheSizeSpace_IsRight()
    {
        foreach ((int inChannels, int outChannels, int kernel, int stride) in
            from inChannels in new[] { 3, 8, 24, 40, 56, 64 }
            from outChannels in new[] { 8, 24, 40, 56, 64 }
            from form in new[] { (1, 1), (3, 1), (3, 2) }
            select (inChannels, outChannels, form.Item1, form.Item2))
        {
            Check(8, inChannels, seed: 16, x => x.Conv(outChannels, kernel, stride));
        }
    }

    [Fact]
    public void BFloat16_IsRounded_AsResultsAreWritten()
    {
        using var scope = NewDisposeScope();
        Func<GraphValue, GraphValue>[] blocks =
        [
            x => x.Conv(24, 3), x => x.Conv(24, 1), x => x.DepthwiseConv(3), x => x.Conv(24, 3, stride: 2), x => x.AveragePool(3, 1, 1), x => x.AveragePool(2),
            x => x.BatchNorm(), x => x + x.BatchNorm(),
        ];
        Assert.SkipUnless(InstructionSet.HasMultiplyAdd, "Convolutions are left to libtorch, which rounds between its steps.");
        foreach (NetworkGraph graph in blocks.Select(block => GraphOf(8, 16, block)))
        {
            using GraphModule module = Pass.NewModule(graph, seed: 1, ScalarType.BFloat16);
            Tensor images = Pass.Images(graph, 4, 1, ScalarType.BFloat16);
            Tensor own = Pass.Execute(module, images).Block.to(ScalarType.Float64);
            module.to(ScalarType.Float64);
            Tensor exact = Pass.Watch(module, images.to(ScalarType.Float64)).Block;
            Between(exact, own).abs().Plus(exact.abs().Times(-HalfAStep)).max().item<double>().Should().BeLessThan(1e-4);
        }
    }

    private static GraphValue Before(GraphValue x, Random draw) => draw.Next(3) switch { 0 => x, 1 => x.Relu(), _ => x.Scale(5).Relu6() };

    private static NetworkGraph GraphOf(Size2D size, int channels, Func<GraphValue, GraphValue> block) =>
        Graph.Images(new NetworkShape { Channels = channels, Height = size.Height, Width = size.Width }).Block("b", block).GlobalAveragePool().Linear(10).Build();

    private static void Check(Size2D size, int channels, int seed, Func<GraphValue, GraphValue> block)
    {
        NetworkGraph graph;
        try
        {
            graph = GraphOf(size, channels, block);
        }
        catch (GraphException)
        {
            return;
        }

        using var scope = NewDisposeScope();
        int batch = 2 + ((seed & 0xFFFF) % 34);
        using GraphModule module = Pass.NewModule(graph, seed & 0xFFFF);
        Tensor images = Pass.Images(graph, batch, seed);
        Tensor own = Pass.Execute(module, images, LayerKinds.BlockOutput).Block, watched = Pass.Execute(module, images).Block;
        module.to(ScalarType.Float64);
        Tensor exact = Pass.Watch(module, images.to(ScalarType.Float64)).Block;
        own.shape.Should().Equal(exact.shape);
        Difference(exact, own).Should().BeLessThan(LargestError);
        Difference(exact, watched).Should().BeLessThan(LargestError);
    }
}
