using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests.Support;

/// <summary>Networks as training might leave them, and what they and their models compute.</summary>
internal static class Networks
{
    /// <summary>Draws weights, and BatchNorm's weights and running statistics too, so that no step of it is the identity.</summary>
    public static void Randomize(nn.Module network, ulong seed)
    {
        WeightInitializer.Default.Initialize(network, (long)seed);
        using var guard = no_grad();
        using var generator = new Generator(seed, CPU);
        foreach (BatchNorm2d layer in network.modules().OfType<BatchNorm2d>().Distinct())
        {
            layer.weight?.uniform_(0.5, 1.5, generator);
            layer.bias?.uniform_(-0.5, 0.5, generator);
            layer.running_mean?.uniform_(-0.5, 0.5, generator);
            layer.running_var?.uniform_(0.5, 2, generator);
        }
    }

    /// <summary>Gets the largest difference between network and model, relative to the largest figure.</summary>
    public static double Difference(nn.Module<Tensor, Tensor> network, OnnxSession model, Tensor images)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Tensor expected = network.call(images);
        Tensor actual = model.Run(images);
        actual.shape.Should().Equal(expected.shape);
        return ((actual - expected).abs().max() / expected.abs().max()).item<float>();
    }

    public static Tensor Images(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed, CPU);
        return randn(shape, generator: generator);
    }

    /// <summary>Ends a layer by flattening, as a model does, under the names that it has by itself. The layer is not to be disposed twice.</summary>
    public static nn.Module<Tensor, Tensor> Flat(nn.Module<Tensor, Tensor> layer) => nn.Sequential(("layer", layer), ("flat", nn.Flatten()));

    /// <summary>Builds what a graph describes, as training might leave it, in evaluation mode.</summary>
    public static GraphModule Of(NetworkGraph graph, ulong seed)
    {
        GraphModule network = graph.ToModule();
        Randomize(network, seed);
        network.eval();
        return network;
    }

    public static int CountOf(ReadOnlyMemory<byte> model, string text)
    {
        byte[] wanted = System.Text.Encoding.UTF8.GetBytes(text);
        int count = 0;
        ReadOnlySpan<byte> rest = model.Span;
        for (int place = rest.IndexOf(wanted); place >= 0; place = rest.IndexOf(wanted))
        {
            count++;
            rest = rest[(place + wanted.Length)..];
        }

        return count;
    }
}
