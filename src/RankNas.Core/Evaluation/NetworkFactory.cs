using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Builds the very networks that are scored, weights included.</summary>
internal sealed class NetworkFactory(EvaluationSetup setup)
{
    /// <summary>Builds an architecture's network with the weights of a repeat.</summary>
    public nn.Module<Tensor, Tensor> Build(Architecture architecture, int repeat)
    {
        nn.Module<Tensor, Tensor> network = setup.Space.BuildNetwork(architecture, setup.Images.Shape)
            ?? throw new InvalidOperationException($"BuildNetwork of {setup.Space.Id} returned null.");
        try
        {
            if (setup.Precision != Precision.Float32)
            {
                network.to(setup.Precision.ToScalarType());
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
