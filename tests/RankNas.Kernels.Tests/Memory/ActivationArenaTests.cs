using RankNas.Graphs;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Memory;
using RankNas.Kernels.Tests.Support;
using RankNas.Proxies;
using RankNas.Torch;
using static RankNas.Kernels.Tests.Support.Tensors;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Memory;

public class ActivationArenaTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void NewTensor_OfSeveral_KeepsThemApart(ScalarType format)
    {
        using var scope = NewDisposeScope();
        using var arena = new ActivationArena();
        Tensor[] tensors = [.. Enumerable.Range(1, 20).Select(index => Filled(arena.NewTensor(format, index, 3, 5), index))];
        foreach ((int index, Tensor tensor) in tensors.Index())
        {
            tensor.dtype.Should().Be(format);
            tensor.shape.Should().Equal(index + 1, 3, 5);
            IsFilled(tensor, index + 1).Should().BeTrue();
        }
    }

    [Fact]
    public void Disposal_OfTheLastHandle_MakesRoom()
    {
        using var arena = new ActivationArena();
        for (int index = 0; index < 100; index++)
        {
            using Tensor tensor = arena.NewTensor(ScalarType.Float32, 10 << 20);
            using Tensor other = tensor.alias();
        }

        arena.Length.Should().Be(256 << 20);
    }

    // With a header of one length for all, the parts would reach into the range after them, and the last tensor would need another block.
    [Fact]
    public void NewTensor_OfPartsOfWhatWasThere_FitsIntoItsPlace()
    {
        const int Length = 32 << 20;
        using var scope = NewDisposeScope();
        using var arena = new ActivationArena();
        Tensor[] tensors = [.. Enumerable.Range(0, 7).Select(_ => arena.NewTensor(ScalarType.Int8, Length))];
        tensors[0].Dispose();
        for (int part = 0; part < 4; part++)
        {
            arena.NewTensor(ScalarType.Int8, Length / 4);
        }

        tensors[1].Dispose();
        arena.NewTensor(ScalarType.Int8, Length);
        arena.Length.Should().Be(256 << 20);
    }

    [Fact]
    public void Dispose_WhileATensorIsKept_WaitsForIt()
    {
        var arena = new ActivationArena();
        Tensor tensor = Filled(arena.NewTensor(ScalarType.Float32, 1000), 7);
        Tensor view = tensor.view(10, 100);
        arena.Dispose();
        tensor.Dispose();
        IsFilled(view, 7).Should().BeTrue();
        arena.Length.Should().BePositive();
        var other = new Thread(view.Dispose);
        other.Start();
        other.Join();
        arena.Length.Should().Be(0);
    }

    [Fact]
    public void KeptInputs_OutliveLaterPasses()
    {
        using var scope = NewDisposeScope();
        using var arena = new ActivationArena();
        NetworkGraph graph = Network(width: 24);
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        var executor = new GraphExecutor(module, new PassMemory(arena));
        var first = new Keeper();
        executor.Forward(Pass.Images(graph, 8, 1), first);
        Tensor[] copies = [.. first.Kept.Select(kept => kept.clone())];
        for (int pass = 2; pass < 6; pass++)
        {
            executor.Forward(Pass.Images(graph, 8, pass), new Keeper());
        }

        first.Kept.Zip(copies).Should().OnlyContain(pair => Bytes(pair.First).SequenceEqual(Bytes(pair.Second)));
    }

    [Fact]
    public void Length_OverManyNetworks_IsThatOfTheLargest()
    {
        using var scope = NewDisposeScope();
        using var arena = new ActivationArena();
        long first = Round(), second = Round();
        second.Should().Be(first);

        long Round()
        {
            foreach (int width in new[] { 8, 64, 24, 40, 56, 16, 48, 32 })
            {
                using GraphModule module = Pass.NewModule(Network(width), seed: 1);
                var sink = new Keeper();
                new GraphExecutor(module, new PassMemory(arena)).Forward(Pass.Images(module.Graph, 16, 1), sink).Dispose();
                sink.Kept.ForEach(kept => kept.Dispose());
            }

            return arena.Length;
        }
    }

    [Fact]
    public void ForThisThread_IsTheThreadsOwn_UntilDisposal()
    {
        ActivationArena.OfThisThread.Should().BeNull();
        using (ActivationArena arena = ActivationArena.ForThisThread())
        {
            ActivationArena.OfThisThread.Should().BeSameAs(arena);
        }

        ActivationArena.OfThisThread.Should().BeNull();
    }

    private static NetworkGraph Network(int width)
    {
        GraphValue x = Graph.Images(new NetworkShape()).Conv(width, 3).BatchNorm();
        for (int cell = 0; cell < 3; cell++)
        {
            x = Graph.Sum(x, x.Relu().Conv(width, 3).BatchNorm(), x.AveragePool(3, 1, 1));
        }

        return x.Relu().GlobalAveragePool().Linear(10).Build();
    }

    private sealed class Keeper : ILayerSink
    {
        public List<Tensor> Kept { get; } = [];

        public LayerKinds Kinds => LayerKinds.Pooling | LayerKinds.Activation;

        public void Take(LayerInput input) => Kept.Add(input.Keep());
    }
}
