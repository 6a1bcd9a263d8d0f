using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A hundred architectures that cost as much as their number, and how often their costs were asked for. Nothing is built.</summary>
internal sealed class CountingSpace(bool hasCostFormula) : GenomeSearchSpace("counting", [100])
{
    public int CostsAsked { get; private set; }

    public bool HasNoCosts { get; init; }

    public override bool HasCostFormula => hasCostFormula;

    public override NetworkCost CostOf(Architecture architecture, NetworkShape shape)
    {
        CostsAsked++;
        return HasNoCosts ? throw new NotSupportedException("Too odd.\n   at somewhere native") : new NetworkCost(1, architecture.Genes[0]);
    }

    public override Architecture Parse(string text) => throw new NotSupportedException();

    public override nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) => throw new NotSupportedException();

    protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}";
}
