using System.Runtime.CompilerServices;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Scoring;

/// <summary>Builds the very networks that are scored, weights included.</summary>
internal sealed class NetworkFactory(EvaluationSetup setup)
{
    private static readonly ConditionalWeakTable<nn.Module, object> Built = [];

    /// <summary>Builds an architecture's network with the weights of a repeat.</summary>
    public nn.Module<Tensor, Tensor> Build(Architecture architecture, int repeat)
    {
        nn.Module<Tensor, Tensor> network = setup.Space.BuildWithoutWeights(architecture, setup.Images.Shape);

        // It belongs to another architecture or thread, and has been disposed or soon will be.
        if (!Built.TryAdd(network, Built))
        {
            throw new InvalidOperationException($"BuildNetwork of {setup.Space.Id} returned a network that it had returned before: build a new one each time.");
        }

        try
        {
            if (network is not GraphModule)
            {
                RegisteredParts.ThrowIfSomeAreNot(network);
            }

            ScalarType dtype = setup.Precision.ToScalarType();

            // Layers are in float64 where the program has called set_default_dtype.
            if (network.parameters().Concat(network.buffers()).Any(tensor => tensor.is_floating_point() && tensor.dtype != dtype))
            {
                network.to(dtype);
            }

            if (setup.Device != DeviceType.CPU)
            {
                network.to(setup.Device);
            }

            // Only what names the weights goes into their seed, so the order of evaluation and the workers do not matter.
            setup.Initializer.Initialize(network, new WeightSeed(setup.Seed, architecture.Text, repeat));
            return network;
        }
        catch
        {
            NativeModules.Dispose(network);
            throw;
        }
    }
}
