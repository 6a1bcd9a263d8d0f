using RankNas.Graphs;
using RankNas.Images;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests.Docs;

/// <summary>The page's examples, run in its order.</summary>
internal static class AfterTheSearch
{
    public static nn.Module<Tensor, Tensor> Get(SearchResult result)
    {
        nn.Module<Tensor, Tensor> network = result.BuildNetwork(result.Best);
        return network;
    }

    public static nn.Module<Tensor, Tensor> Build(string text, long seed)
    {
        var space = new NatsTopologySpace();
        Architecture architecture = space.Parse(text);
        nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, new NetworkShape { Classes = 100 });
        WeightInitializer.Default.Initialize(network, new WeightSeed(seed, architecture.Text));
        return network;
    }

    public static void SaveAndLoad(nn.Module<Tensor, Tensor> network)
    {
        network.SaveWeights("winner.safetensors");
        network.LoadWeights("winner.safetensors");
    }

    public static void Train(nn.Module<Tensor, Tensor> network, Tensor images, Tensor labels, int steps)
    {
        using var optimizer = optim.SGD(network.parameters(), 0.1, momentum: 0.9, weight_decay: 5e-4, nesterov: true);
        network.train();
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = nn.functional.cross_entropy(network.call(images), labels);
            loss.backward();
            optimizer.step();
        }
    }

    public static void Export(SearchResult result, nn.Module<Tensor, Tensor> network)
    {
        result.ExportOnnx(result.Best, "scored.onnx");
        result.ExportOnnx(result.Best, "winner.onnx", network: network);
    }

    public static void ExportAny(nn.Module<Tensor, Tensor> network)
    {
        network.ExportOnnx("mine.onnx", new NetworkShape { Channels = 1, Height = 64, Width = 48, Classes = 7 }, new OnnxOptions
        {
            Normalization = new ImageNormalization(mean: [0.5], deviation: [0.25]),
            IncludeNormalization = true,
        });
    }

    public static GraphModule ExportOwn()
    {
        GraphValue x = Graph.Images(new NetworkShape { Classes = 5 }).Conv(16, 3).BatchNorm().Relu();
        GraphValue gate = x.GlobalAveragePool(keepDimensions: true).Conv(16, 1, bias: true).Sigmoid();
        GraphModule network = (x * gate).GlobalAveragePool().Linear(5).Build().ToModule();
        WeightInitializer.Default.Initialize(network, 0);
        network.ExportOnnx("gated.onnx");
        return network;
    }
}
