using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>What pages call the reader's own.</summary>
public sealed class MySpace() : GenomeSearchSpace("mine", [2, 2])
{
    public override Architecture Parse(string text) => Create([.. text.Split('-').Select(int.Parse)]);

    public override nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) =>
        nn.Sequential(nn.Conv2d(shape.Channels, 1 + architecture.Genes[0], 1 + (2 * architecture.Genes[1])), nn.AdaptiveAvgPool2d(1), nn.Flatten());

    protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}-{genes[1]}";
}
