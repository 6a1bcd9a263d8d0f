using RankNas.Graphs;
using RankNas.SearchSpaces;
using RankNas.Torch.Hooks;
using TorchSharp.Modules;

namespace RankNas.Torch;

/// <summary>Counts parameters and multiply-accumulates of any network by running one image through it.</summary>
public static class NetworkCostMeter
{
    /// <summary>Builds an architecture's network and measures it.</summary>
    public static NetworkCost Measure(ISearchSpace space, Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(space);
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, shape);
        using IDisposable owner = NativeModules.Own(network);
        return Measure(network, shape);
    }

    /// <summary>Measures a network: every trainable scalar, and the multiply-accumulates of every convolution and linear module called.</summary>
    /// <param name="network">A network on any device; it is not changed.</param>
    /// <param name="shape">The image to count for.</param>
    public static NetworkCost Measure(nn.Module<Tensor, Tensor> network, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(shape);

        long macs = 0;
        using (LayerHooks.Attach(network, (module, input, output) => macs += MacsOf(module, input, output)))
        using (new NetworkStateGuard(network))
        using (NewDisposeScope())
        using (no_grad())
        {
            Parameter? sample = network.parameters().FirstOrDefault();
            using Tensor image = zeros(
                [1, .. shape.Input.Select(size => (long)size)], dtype: sample?.dtype ?? ScalarType.Float32, device: sample?.device ?? CPU);
            MatmulGuard.ThrowIfUnsafe(network, image.dtype);
            network.eval();
            using Tensor logits = network.call(image);
        }

        return new NetworkCost(CountParameters(network), macs);
    }

    /// <summary>Counts the trainable scalars of a network.</summary>
    internal static long CountParameters(nn.Module network) =>
        network.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());

    private static long MacsOf(nn.Module module, Tensor input, Tensor output) => module switch
    {
        // Weights are [out, in/groups, …], of a transposed convolution [in, out/groups, …].
        Convolution convolution => (convolution.transposed ? input : output).numel()
            * (convolution.weight!.numel() / convolution.weight.size(0)),
        Linear linear => output.numel() * linear.in_features,
        _ => 0,
    };
}
