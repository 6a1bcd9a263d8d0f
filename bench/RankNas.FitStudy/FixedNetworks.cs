using RankNas.Graphs;

namespace RankNas.FitStudy;

/// <summary>Networks that nobody searched for.</summary>
internal static class FixedNetworks
{
    /// <summary>Describes ResNet-20 for small images: three stages of three blocks of 16, 32 and 64 channels. He et al., <em>Deep Residual Learning for Image Recognition</em>, CVPR 2016, section 4.2.</summary>
    public static NetworkGraph ResNet20(NetworkShape shape)
    {
        GraphValue features = Graph.Images(shape).Within("stem", images => images.Conv(16, 3).BatchNorm().Relu());
        for (int stage = 0; stage < 3; stage++)
        {
            for (int block = 0; block < 3; block++)
            {
                int channels = 16 << stage;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                features = features.Block(FormattableString.Invariant($"layers.{stage}.{block}"), input =>
                {
                    GraphValue body = input.Conv(channels, 3, stride, name: "conv1").BatchNorm(name: "bn1").Relu().Conv(channels, 3, name: "conv2").BatchNorm(name: "bn2");
                    GraphValue shortcut = stride == 1 ? input : input.Conv(channels, 1, stride, name: "shortcut").BatchNorm(name: "shortcut_bn");
                    return (body + shortcut).Relu();
                });
            }
        }

        return features.GlobalAveragePool().Linear(shape.Classes, name: "classifier").Build();
    }
}
