using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Plotting.Tests.Support;

/// <summary>A space whose networks no graph describes.</summary>
internal sealed class ModuleSpace() : GenomeSearchSpace("modules", [10]), IModuleSearchSpace
{
    public override Architecture Parse(string text) => throw new NotSupportedException();

    public nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) =>
        nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(shape.Channels, shape.Classes));

    protected override string Format(ReadOnlySpan<int> genes) => FormattableString.Invariant($"{genes[0]}");
}
