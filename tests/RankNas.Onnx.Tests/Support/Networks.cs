using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Tests;

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

    /// <summary>Exports a layer whose output is flattened, as a model's is.</summary>
    public static ReadOnlyMemory<byte> Flat(nn.Module<Tensor, Tensor> layer, long[] images, OnnxOptions options)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var shape = new NetworkShape { Channels = (int)images[0], Height = (int)images[1], Width = (int)images[2] };
        using var network = new Flattened(layer);
        return network.ToOnnx(shape with { Classes = (int)layer.call(zeros([1, .. images])).numel() }, options);
    }

    /// <summary>As <see cref="Difference"/>, of a layer whose model gives its output flattened.</summary>
    public static double FlatDifference(nn.Module<Tensor, Tensor> layer, OnnxSession model, Tensor images)
    {
        using var network = new Flattened(layer);
        return Difference(network, model, images);
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

    // The layer is not registered, so that it has no name before its own and is not disposed.
    private sealed class Flattened(nn.Module<Tensor, Tensor> layer) : nn.Module<Tensor, Tensor>(nameof(Flattened)), IDescribedModule
    {
        public override Tensor forward(Tensor input) => layer.call(input).flatten(1);

        public OnnxValue Describe(INetworkGraph graph, OnnxValue input) => graph.Flatten(graph.Apply(layer, input));
    }
}
