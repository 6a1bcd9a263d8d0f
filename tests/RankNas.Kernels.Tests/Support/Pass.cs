using RankNas.Graphs;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Memory;
using RankNas.Proxies;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Support;

/// <summary>What a pass gave: the logits, and a copy of each report.</summary>
internal sealed record Pass(Tensor Logits, IReadOnlyList<(LayerKinds Kind, int Uses, Tensor Input)> Reports)
{
    public const LayerKinds EveryKind =
        LayerKinds.Activation | LayerKinds.Pooling | LayerKinds.Convolution | LayerKinds.Linear | LayerKinds.BlockOutput;

    /// <summary>Makes a module with weights of a seed; the biases of BatchNorm layers are zeros for even seeds.</summary>
    public static GraphModule NewModule(NetworkGraph graph, int seed, ScalarType format = ScalarType.Float32)
    {
        GraphModule module = graph.ToModule();
        WeightInitializer.Default.Initialize(module, seed);
        using IDisposable guard = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        foreach (TorchSharp.Modules.BatchNorm2d layer in module.modules().OfType<TorchSharp.Modules.BatchNorm2d>())
        {
            layer.weight!.uniform_(0.5, 1.5, generator);
            if (seed % 2 != 0)
            {
                layer.bias!.uniform_(-1, 1, generator);
            }
        }

        foreach (GraphParameter parameter in graph.Parameters.Where(parameter => parameter.Shape is [1, ..]))
        {
            module.Weight(parameter.Name).uniform_(-1, 1, generator);
        }

        module.to(format);
        return module;
    }

    public static Tensor Images(NetworkGraph graph, int batch, int seed, ScalarType format = ScalarType.Float32) =>
        TensorLayout.ChannelsLast(NoiseGenerator.Gaussian.Draw([batch, graph.Shape.Channels, graph.Shape.Height, graph.Shape.Width], seed).to(format));

    /// <summary>Runs the executor, by kernels of our own where they suit, or by libtorch alone.</summary>
    public static Pass Execute(GraphModule module, Tensor images, LayerKinds kinds = EveryKind, bool byKernels = true)
    {
        using ActivationArena? arena = byKernels ? new ActivationArena() : null;
        var sink = new Recorder(kinds);
        Tensor logits = new GraphExecutor(module, new PassMemory(arena)).Forward(images, sink);
        return new Pass(logits.clone(), sink.Copies());
    }

    /// <summary>Runs the module itself, watched by hooks.</summary>
    public static Pass Watch(GraphModule module, Tensor images, LayerKinds kinds = EveryKind)
    {
        using IDisposable guard = no_grad();
        using var state = new NetworkStateGuard(module);
        state.UseBatchStatistics();
        var sink = new Recorder(kinds);
        using LayerHooks hooks = LayerHooks.AttachBefore(module, kinds, sink.Take);
        return new Pass(module.call(images), sink.Copies());
    }

    /// <summary>Gets the only block's output.</summary>
    public Tensor Block => Reports.Single(report => report.Kind == LayerKinds.BlockOutput).Input;

    private sealed class Recorder(LayerKinds kinds) : ILayerSink
    {
        private readonly List<(LayerKinds Kind, int Uses, Tensor Input)> _seen = [];

        public LayerKinds Kinds => kinds;

        public void Take(LayerInput input)
        {
            input.Shape.Should().Equal(input.Tensor.shape);
            _seen.Add((input.Kind, input.Uses, input.Tensor.clone().DetachFromDisposeScope()));
        }

        // In the caller's dispose scope.
        public IReadOnlyList<(LayerKinds Kind, int Uses, Tensor Input)> Copies()
        {
            using var all = new DisposableTensors(_seen.Select(seen => seen.Input));
            return [.. _seen.Select(seen => seen with { Input = seen.Input.alias() })];
        }
    }

    private sealed class DisposableTensors(IEnumerable<Tensor> tensors) : IDisposable
    {
        public void Dispose()
        {
            foreach (Tensor tensor in tensors)
            {
                tensor.Dispose();
            }
        }
    }
}
