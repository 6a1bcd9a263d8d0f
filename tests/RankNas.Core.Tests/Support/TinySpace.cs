using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A space of 27 small networks, written as any user would write one.</summary>
internal sealed class TinySpace() : GenomeSearchSpace("tiny", [3, 3, 3])
{
    public override Architecture Parse(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length == 3 && parts.All(part => part is "0" or "1" or "2")
            ? Create([.. parts.Select(int.Parse)])
            : throw new ArchitectureFormatException($"'{text}' is no tiny architecture: write three of 0, 1, 2, such as 0-1-2.");
    }

    public override nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
    {
        int width = 2 + 2 * architecture.Genes[0];
        int kernel = 1 + 2 * architecture.Genes[1];
        List<nn.Module<Tensor, Tensor>> layers =
        [
            nn.Conv2d(shape.Channels, width, kernel, padding: kernel / 2, bias: false), nn.BatchNorm2d(width), nn.ReLU(),
        ];
        for (int extra = 0; extra < architecture.Genes[2]; extra++)
        {
            layers.AddRange([nn.Conv2d(width, width, 3, padding: 1), nn.ReLU()]);
        }

        layers.AddRange([nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, shape.Classes)]);
        return nn.Sequential(layers);
    }

    protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}-{genes[1]}-{genes[2]}";
}
