using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A space whose networks no graph describes. Nothing is built.</summary>
internal sealed class ModuleSpace() : GenomeSearchSpace("modules", [10]), IModuleSearchSpace
{
    public override Architecture Parse(string text) => throw new NotSupportedException();

    public nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) => throw new NotSupportedException();

    protected override string Format(ReadOnlySpan<int> genes) => FormattableString.Invariant($"{genes[0]}");
}
