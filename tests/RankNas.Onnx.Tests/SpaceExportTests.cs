using RankNas.Graphs;
using RankNas.Onnx.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests;

public class SpaceExportTests
{
    private const double Tolerance = 1e-5;

    // Pooling, dilated convolutions and identities in both cells, and one cell with every operation.
    private const string Pooling =
        "Genotype(normal=[('max_pool_3x3', 0), ('avg_pool_3x3', 1), ('dil_conv_3x3', 2), ('skip_connect', 1), ('dil_conv_5x5', 3), ('skip_connect', 0), ('avg_pool_3x3', 4), "
        + "('dil_conv_3x3', 0)], normal_concat=range(2, 6), reduce=[('avg_pool_3x3', 0), ('skip_connect', 1), ('dil_conv_5x5', 0), ('max_pool_3x3', 1), ('dil_conv_3x3', 2), "
        + "('skip_connect', 3), ('skip_connect', 0), ('avg_pool_3x3', 4)], reduce_concat=range(2, 6))";

    private const string Separable =
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_5x5', 1), ('none', 2), ('max_pool_3x3', 1), ('sep_conv_3x3', 3), ('skip_connect', 2), ('dil_conv_5x5', 4), ('none', 0)], "
        + "normal_concat=range(2, 6), reduce=[('sep_conv_5x5', 0), ('sep_conv_3x3', 1), ('none', 0), ('skip_connect', 2), ('max_pool_3x3', 1), ('avg_pool_3x3', 1), "
        + "('dil_conv_3x3', 0), ('sep_conv_3x3', 4)], reduce_concat=range(2, 6))";

    [Theory]

    // Three vertices share 16 channels as 6, 5, 5, so that what the first passes on to the second is truncated; one vertex alone; none.
    [InlineData("nb101(channels=16,cells=1)", "1111101011:31m", 1, 3, 32, 32, 10)]
    [InlineData("nb101(channels=16,cells=2)", "100000100101110100101:111mm", 3, 3, 30, 26, 10)]
    [InlineData("nb101(channels=16,cells=1)", "1:", 3, 3, 32, 32, 10)]
    [InlineData("darts(cells=4,channels=4)", Pooling, 2, 3, 32, 32, 10)]
    [InlineData("darts(cells=3,channels=4)", Separable, 2, 1, 28, 20, 7)]
    [InlineData("mobilenet(resolution=96)", "w0.15/k3e3-k5e6/se:k3e4-k7e3/k3e3-k3e3/se:k3e3-k3e3/k3e3-k3e3-k7e6-k3e4", 2, 1, 96, 96, 5)]
    [InlineData("mobilenet", "w0.35/se:k3e3-k5e3/k7e4-k3e3/se:k3e3-k3e3/k3e3-k3e3/se:k3e3-k3e3", 3, 1, 28, 28, 10)]
    [InlineData("resnet", "d1=1,w1=32,b1=4,k1=3,d2=2,w2=64,b2=4,k2=5,d3=1,w3=128,b3=4,k3=3,d4=1,w4=384,b4=2,k4=7", 2, 3, 32, 32, 10)]
    [InlineData("resnet", "d1=2,w1=32,b1=1,k1=7,d2=1,w2=64,b2=4,k2=3,d3=1,w3=128,b3=4,k3=3,d4=1,w4=256,b4=4,k4=3", 1, 1, 129, 131, 4)]
    [InlineData("vit", "patch=4,embedding=192,layers=h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4", 2, 3, 32, 32, 10)]
    [InlineData("vit", "patch=8,embedding=240,layers=h4m4-h4m4-h4m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h4m3.5-h3m3.5", 3, 1, 24, 40, 5)]
    public void ToOnnx_NetworkOfASpace_ComputesWhatTheNetworkDoes(string id, string arch, int batch, int channels, int height, int width, int classes)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        var shape = new NetworkShape { Channels = channels, Height = height, Width = width, Classes = classes };
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Networks.Of(space.Describe(space.Parse(arch), shape), 5);
        using Tensor images = Networks.Images(6, batch, channels, height, width);
        foreach (bool fold in new[] { true, false })
        {
            using var session = new OnnxSession(network.ToOnnx(shape, new OnnxOptions { FoldBatchNorm = fold }));

            Networks.Difference(network, session, images).Should().BeLessThan(Tolerance, $"folded {fold}");
            using Tensor logits = network.call(images);
            logits.shape.Should().Equal(batch, classes);
        }
    }
}
