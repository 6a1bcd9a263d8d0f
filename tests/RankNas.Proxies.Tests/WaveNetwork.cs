using RankNas.Graphs;
using RankNas.Kernels;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>A small network whose weights and images any program can make: element k of a tensor is cos(step·k²).</summary>
/// <remarks>
/// z1 = conv2d(images, w1, padding=1); h1 = relu(z1); z2 = conv2d(avg_pool2d(h1, 2), w2, padding=1); h2 = silu(z2);
/// z3 = linear(h2.mean((2, 3)), w3); h3 = tanh(z3), images [10, 3, 12, 12] of step 0.01, w1 [6, 3, 3, 3] of 0.02, w2 [8, 6, 3, 3] of 0.03, w3 [10, 8] of 0.04.
/// </remarks>
public static class WaveNetwork
{
    /// <summary>The ways in which a network is run.</summary>
    public enum Way
    {
        /// <summary>By kernels of our own.</summary>
        Kernels,

        /// <summary>By libtorch's tensor routines, as on a GPU.</summary>
        TensorRoutines,

        /// <summary>By the modules themselves, seen by hooks.</summary>
        Hooks,

        /// <summary>By libtorch in float64.</summary>
        Float64,
    }

    public static TheoryData<Way> Ways { get; } = [.. Enum.GetValues<Way>()];

    /// <summary>Scores the network.</summary>
    public static double Score(IZeroCostProxy proxy, Way way)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable? off = way == Way.TensorRoutines ? KernelUse.Off() : null;
        ScalarType format = way == Way.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        GraphModule network = Graph.Images(new NetworkShape { Height = 12, Width = 12 }).Conv(6, 3).Relu().AveragePool(2).Conv(8, 3).Silu()
            .GlobalAveragePool().Linear(10, bias: false).Tanh().Build().ToModule();
        using nn.Module<Tensor, Tensor> scored = way == Way.Hooks ? new Opaque(network) : network;
        scored.to(format);
        foreach ((TorchSharp.Modules.Parameter weight, int layer) in network.parameters().Select((weight, layer) => (weight, layer)))
        {
            using IDisposable guard = no_grad();
            weight.copy_(Of(0.02 + (0.01 * layer), weight.shape));
        }

        return proxy.Score(scored, Of(0.01, 10, 3, 12, 12).to(format));
    }

    /// <summary>Gets a tensor of waves, in float64.</summary>
    public static Tensor Of(double step, params long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        double[] values = [.. Enumerable.Range(0, (int)count).Select(index => Math.Cos(step * index * index))];
        return tensor(values, shape, dtype: ScalarType.Float64);
    }
}
