using RankNas.Kernels.Execution;
using RankNas.Kernels.Memory;
using RankNas.Proxies;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>Runs one clean and, where anyone needs it, one noisy forward pass for all activation proxies together.</summary>
public static class ActivationPasses
{
    /// <summary>Scores a network by one activation proxy alone.</summary>
    public static double Score(IActivationProxy proxy, nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        proxy = network is IGraphNetwork { Graph: { } graph } ? proxy.ForGraph(graph) : proxy.ForModule(network);
        using IActivationObserver observer = proxy.CreateObserver(batch);
        Run(network, batch, [(proxy, observer)]);
        return observer.Complete();
    }

    /// <summary>Runs the passes, BatchNorm on batch statistics and without gradients; the network is left as it was.</summary>
    /// <param name="network">A module from images to logits.</param>
    /// <param name="batch">The images and the noise.</param>
    /// <param name="observers">Who watches; each sees the layers that its proxy names.</param>
    public static void Run(
        nn.Module<Tensor, Tensor> network,
        ProbeBatch batch,
        IReadOnlyList<(IActivationProxy Proxy, IActivationObserver Observer)> observers)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(observers);

        using IDisposable shared = GradientPasses.Shared(network);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = inference_mode();
        using ActivationArena? own = NewArenaWhereNeeded();
        PassMemory memory = MemoryOf(own);
        _ = Run(network, batch.Images, Fanout.To(observers, ForwardPass.Clean), memory);
        Fanout noisy = Fanout.To(observers, ForwardPass.Noisy);
        if (noisy.Kinds != LayerKinds.None)
        {
            _ = Run(network, batch.NoisyImages, noisy, memory);
        }
    }

    /// <summary>Runs one pass, BatchNorm on batch statistics and without gradients; the network is left as it was.</summary>
    /// <param name="network">A module from images to logits; that of a graph runs as fast as when it is scored.</param>
    /// <param name="images">Images <c>[N, C, H, W]</c>.</param>
    /// <returns>Logits <c>[N, classes]</c>, made in inference mode.</returns>
    public static Tensor Logits(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        using IDisposable shared = GradientPasses.Shared(network);
        using IDisposable guard = inference_mode();
        using ActivationArena? own = NewArenaWhereNeeded();
        return Run(network, images, Fanout.To([], ForwardPass.Clean), MemoryOf(own));
    }

    private static ActivationArena? NewArenaWhereNeeded() => KernelUse.IsOn && ActivationArena.OfThisThread is null ? new ActivationArena() : null;

    private static PassMemory MemoryOf(ActivationArena? own) => new(KernelUse.IsOn ? own ?? ActivationArena.OfThisThread : null);

    private static Tensor Run(nn.Module<Tensor, Tensor> network, Tensor images, Fanout sink, PassMemory memory)
    {
        using DisposeScope scope = NewDisposeScope();
        if (network is IGraphNetwork graph && graph.IsFor(images))
        {
            return new GraphExecutor(graph, memory).Forward(images, sink).MoveToOuterDisposeScope();
        }

        MatmulGuard.ThrowIfUnsafe(network, images.dtype);
        using var state = new NetworkStateGuard(network);
        state.UseBatchStatistics();
        using IDisposable repair = CorrectConvolutions.Repair(network);
        using CallLog calls = CallLog.Attach(network);
        using LayerHooks hooks = LayerHooks.AttachBefore(network, sink.Kinds, sink.Take);
        Tensor logits = network.call(images);
        sink.TakeUnseen(calls);
        return logits.MoveToOuterDisposeScope();
    }

    private sealed class Fanout(ForwardPass pass, (string Id, LayerKinds Kinds, bool ReadsSignsAlone, IActivationObserver Observer)[] watchers) : ILayerSink
    {
        private static readonly LayerKinds[] LayersWithHooks = [LayerKinds.Activation, LayerKinds.Pooling, LayerKinds.Convolution, LayerKinds.Linear];

        public LayerKinds Kinds { get; } = watchers.Aggregate(LayerKinds.None, (all, watcher) => all | watcher.Kinds);

        public bool ReadsSignsAlone { get; } = watchers.All(watcher => watcher.ReadsSignsAlone || (watcher.Kinds & LayerKinds.Activation) == 0);

        public static Fanout To(IReadOnlyList<(IActivationProxy Proxy, IActivationObserver Observer)> observers, ForwardPass pass) =>
            new(pass, [.. observers.Select(pair =>
                (pair.Proxy.Id, pass == ForwardPass.Clean ? pair.Proxy.CleanLayers : pair.Proxy.NoisyLayers, pair.Proxy.ReadsSignsAlone, pair.Observer))]);

        public void Take(LayerInput input)
        {
            foreach ((_, LayerKinds kinds, _, IActivationObserver observer) in watchers)
            {
                if ((kinds & input.Kind) != 0)
                {
                    observer.Observe(pass, input);
                }
            }
        }

        /// <summary>Takes what ran where hooks do not see it: a score of the rest would mean nothing.</summary>
        public void TakeUnseen(CallLog calls)
        {
            foreach (LayerKinds kind in LayersWithHooks.Where(kind => (Kinds & kind) != 0))
            {
                if (HiddenLayers.Find(calls, kind) is { } hidden)
                {
                    foreach ((string id, _, _, IActivationObserver observer) in watchers.Where(watcher => (watcher.Kinds & kind) != 0))
                    {
                        observer.Observe(pass, LayerInput.Unseen(kind, $"{id} did not see {hidden}"));
                    }
                }
            }
        }
    }
}
