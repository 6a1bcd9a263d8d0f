using CsCheck;
using RankNas.Graphs;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Memory;
using RankNas.Kernels.Tests.Support;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static RankNas.Kernels.Tests.Support.Tensors;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Execution;

public class GraphExecutorTests
{
    private static readonly Gen<(NetworkGraph Graph, int Batch, int Seed)> Cases = Gen.Select(RandomGraphs.All, Gen.Int[2, 33], Gen.Int[1, 1000]);

    [Fact]
    public void Forward_AnyGraph_GivesTheModulesLogits() => ForAnyGraph(
        ScalarType.Float64,
        (module, images) => Difference(Pass.Watch(module, images).Logits, Pass.Execute(module, images).Logits).Should().BeLessThan(1e-9));

    [Theory]
    [InlineData(ScalarType.Float32, 1e-4)]
    [InlineData(ScalarType.BFloat16, 0.1)]
    public void Forward_ByKernels_ErrsNoMoreThanLibtorch(ScalarType format, double least) => Cases.Sample(
        drawn =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = Pass.NewModule(drawn.Graph, drawn.Seed, format);
            Tensor images = Pass.Images(drawn.Graph, drawn.Batch, drawn.Seed, format);
            Tensor own = Pass.Execute(module, images).Logits, libtorch = Pass.Execute(module, images, byKernels: false).Logits;
            module.to(ScalarType.Float64);
            Tensor exact = Pass.Watch(module, images.to(ScalarType.Float64)).Logits;
            own.dtype.Should().Be(format);

            // Values of hardly any variance are made large with their errors.
            Difference(exact, own).Should().BeLessThan(least + (20 * Difference(exact, libtorch)));
        },
        iter: 150);

    [Fact]
    public void Forward_AnyGraph_ReportsWhatHooksSee() => ForAnyGraph(ScalarType.Float64, (module, images) =>
    {
        Pass seen = Pass.Watch(module, images), reported = Pass.Execute(module, images);
        foreach (LayerKinds kind in new[] { LayerKinds.Activation, LayerKinds.Pooling, LayerKinds.Convolution, LayerKinds.Linear, LayerKinds.BlockOutput })
        {
            double[] expected = FiguresOf(seen, kind), actual = FiguresOf(reported, kind);
            actual.Should().Equal(expected, (one, other) => Math.Abs(one - other) <= 1e-7 * (1 + Math.Abs(other)), $"{kind}");
        }
    });

    [Fact]
    public void Forward_ByKernels_ReportsTheSameShapesInTheSameOrder() => ForAnyGraph(ScalarType.Float32, (module, images) =>
    {
        static IEnumerable<string> Text(Pass pass) => pass.Reports.Select(report => $"{report.Kind} {report.Uses} {string.Join('x', report.Input.shape)}");
        Text(Pass.Execute(module, images)).Should().Equal(Text(Pass.Execute(module, images, byKernels: false)));
    });

    [Theory]
    [InlineData(LayerKinds.None)]
    [InlineData(LayerKinds.Pooling)]
    [InlineData(LayerKinds.Activation)]
    [InlineData(LayerKinds.BlockOutput | LayerKinds.Linear)]
    public void Forward_WhoeverWatches_GivesTheSame(LayerKinds kinds) => ForAnyGraph(ScalarType.Float64, (module, images) =>
    {
        Pass all = Pass.Execute(module, images), some = Pass.Execute(module, images, kinds);
        Difference(all.Logits, some.Logits).Should().BeLessThan(1e-9);
        some.Reports.All(report => (report.Kind & kinds) != 0).Should().BeTrue();
    });

    [Fact]
    public void Forward_OnSeveralCores_GivesTheSameToTheLastBit() => ForAnyGraph(ScalarType.Float32, (module, images) =>
        Bytes(Pass.Execute(module, images).Logits).Should().Equal(BytesOnSeveralCores(() => Pass.Execute(module, images).Logits)));

    [Fact]
    public void Forward_LeavesTheModuleAndTheImagesAsTheyWere() => ForAnyGraph(ScalarType.Float32, (module, images) =>
    {
        byte[][] before = [Bytes(images), .. module.state_dict().Values.Select(Bytes)];
        Pass.Execute(module, images);
        byte[][] after = [Bytes(images), .. module.state_dict().Values.Select(Bytes)];
        after.Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
    });

    [Fact]
    public void Logits_OfAGraphsModule_AreThoseOfAnyModuleThatDoesTheSame() => ForAnyGraph(ScalarType.Float64, (module, images) =>
    {
        using var other = new Wrapped(module.call);
        using var state = new NetworkStateGuard(module);
        state.UseBatchStatistics();
        Difference(ActivationPasses.Logits(other, images), ActivationPasses.Logits(module, images)).Should().BeLessThan(1e-9);
    });

    [Fact]
    public void Forward_ImagesOfAnotherSize_IsRefused()
    {
        NetworkGraph graph = Graph.Images(new NetworkShape()).GlobalAveragePool().Linear(10).Build();
        using var scope = NewDisposeScope();
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        FluentActions.Invoking(() => Pass.Execute(module, zeros(2, 3, 16, 16))).Should().Throw<ArgumentException>().WithMessage("*[N, 3, 32, 32], not [2, 3, 16, 16]*");
    }

    [Fact]
    public void Forward_SinkThatThrows_LeavesNoMemoryInUse()
    {
        NetworkGraph graph = Graph.Images(new NetworkShape()).Conv(16, 3).BatchNorm().Relu().GlobalAveragePool().Linear(10).Build();
        using var scope = NewDisposeScope();
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        Tensor images = Pass.Images(graph, 4, 1);
        var arena = new ActivationArena();
        Action pass = () => new GraphExecutor(module, new PassMemory(arena)).Forward(images, new ThrowingSink());
        pass.Should().Throw<InvalidOperationException>().WithMessage("Seen enough.");
        arena.Dispose();
        arena.Length.Should().Be(0);
    }

    private static void ForAnyGraph(ScalarType format, Action<GraphModule, Tensor> check) => Cases.Sample(
        drawn =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = Pass.NewModule(drawn.Graph, drawn.Seed, format);
            check(module, Pass.Images(drawn.Graph, drawn.Batch, drawn.Seed, format));
        },
        iter: 60);

    // What is taken by several layers at once counts for each.
    private static double[] FiguresOf(Pass pass, LayerKinds kind) =>
    [
        .. pass.Reports.Where(report => report.Kind == kind)
            .SelectMany(report => Enumerable.Repeat(report.Input.abs().mean().item<double>() + report.Input.numel(), report.Uses)).Order(),
    ];

    private sealed class Wrapped(Func<Tensor, Tensor> run) : nn.Module<Tensor, Tensor>(nameof(Wrapped))
    {
        public override Tensor forward(Tensor input) => run(input);
    }

    private sealed class ThrowingSink : ILayerSink
    {
        public LayerKinds Kinds => LayerKinds.Pooling;

        public void Take(LayerInput input) => throw new InvalidOperationException("Seen enough.");
    }
}
