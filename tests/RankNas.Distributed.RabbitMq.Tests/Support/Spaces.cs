using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Distributed.Tests.Support;

/// <summary>A space that no worker knows, described by graphs.</summary>
public sealed class OwnSpace() : ChoiceSearchSpace("own", new Choice("width", 4, 8, 12), new Choice("depth", 1, 2, 3), new Choice("kernel", 1, 3))
{
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        GraphValue x = Graph.Images(shape);
        for (int layer = 0; layer < NumberOf(architecture, "depth"); layer++)
        {
            x = x.Conv(NumberOf(architecture, "width"), NumberOf(architecture, "kernel")).BatchNorm().Relu();
        }

        return x.GlobalAveragePool().Linear(shape.Classes).Build();
    }
}

/// <summary>A space some of whose networks cannot be described.</summary>
public sealed class HalfSpace() : ChoiceSearchSpace("half", new Choice("width", 4, 8, 12, 16), new Choice("kernel", 1, 3))
{
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape) => NumberOf(architecture, "width") > 8
        ? throw new InvalidOperationException("Too wide.")
        : Graph.Images(shape).Conv(NumberOf(architecture, "width"), NumberOf(architecture, "kernel")).Relu().GlobalAveragePool().Linear(shape.Classes).Build();
}

/// <summary>A space that builds modules.</summary>
public sealed class OwnModules() : GenomeSearchSpace("own-modules", [3, 3]), IModuleSearchSpace
{
    public override Architecture Parse(string text) => Create([text[0] - 'a', text[1] - 'a']);

    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape) => throw new NotSupportedException();

    public nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        int width = 4 * (1 + architecture.Genes[0]);
        return nn.Sequential(
            nn.Conv2d(shape.Channels, width, 3), nn.ReLU(), nn.Conv2d(width, 8 * (1 + architecture.Genes[1]), 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(8 * (1 + architecture.Genes[1]), shape.Classes));
    }

    protected override string Format(ReadOnlySpan<int> genes) => $"{(char)('a' + genes[0])}{(char)('a' + genes[1])}";
}

/// <summary>A proxy that no worker knows.</summary>
public sealed class OwnProxy : IZeroCostProxy
{
    public string Id => "own-proxy";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.parameters().Sum(parameter => parameter.numel());
    }
}
