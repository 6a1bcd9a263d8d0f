using System.Runtime.CompilerServices;
using RankNas.Kernels.Memory;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Scoring;

/// <summary>Builds the very networks that are scored, weights included.</summary>
internal sealed class NetworkFactory(EvaluationSetup setup)
{
    private static readonly ConditionalWeakTable<nn.Module, object> Built = [];

    /// <summary>Builds an architecture's network with the weights of a repeat.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="repeat">The repeat.</param>
    /// <param name="device">The device that it is for.</param>
    /// <param name="parts">What of it is read.</param>
    public nn.Module<Tensor, Tensor> Build(Architecture architecture, int repeat, Device device, NetworkParts parts = NetworkParts.Layers)
    {
        ScalarType dtype = setup.Precision.ToScalarType();
        var seed = new WeightSeed(setup.Seed, architecture.Text, repeat);
        nn.Module<Tensor, Tensor> network = parts == NetworkParts.Layers || (parts == NetworkParts.Weights && !setup.Initializer.ReadsGraphs)
            ? setup.Space.BuildWithoutWeights(architecture, setup.Images.Shape)
            : setup.Space.BuildWithoutLayers(architecture, setup.Images.Shape, parts == NetworkParts.Graph ? null : dtype, NewWeight);

        // It belongs to another architecture or thread, and has been disposed or soon will be.
        if (!Built.TryAdd(network, Built))
        {
            throw new InvalidOperationException($"BuildNetwork of {setup.Space.Id} returned a network that it had returned before: build a new one each time.");
        }

        try
        {
            if (network is GraphWeights weights)
            {
                if (parts == NetworkParts.Graph)
                {
                    return network;
                }

                setup.Initializer.InitializeWithoutLayers(weights, seed);
                if (device.type != DeviceType.CPU)
                {
                    weights.MoveTo(device);
                }

                return network;
            }

            if (network is not GraphModule)
            {
                RegisteredParts.ThrowIfSomeAreNot(network);
            }

            // Layers are in float64 where the program has called set_default_dtype.
            if (network.parameters().Concat(network.buffers()).Any(tensor => tensor.is_floating_point() && tensor.dtype != dtype))
            {
                network.to(dtype);
            }

            // Only what names the weights goes into their seed, so the order of evaluation and the workers do not matter.
            setup.Initializer.Initialize(network, seed);
            if (device.type != DeviceType.CPU)
            {
                network.to(device);
            }

            return network;
        }
        catch
        {
            NativeModules.Dispose(network);
            throw;
        }
    }

    // Those of the largest networks would leave gaps in libc's heap of each worker.
    private static Tensor NewWeight(ScalarType dtype, long[] shape) =>
        ActivationArena.OfThisThread is { } arena ? arena.NewTensor(dtype, shape) : empty(shape, dtype: dtype, device: CPU);
}
