using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A space whose architectures are written to break into tables, pages and pictures. Nothing is built.</summary>
internal sealed class HostileSpace() : GenomeSearchSpace("hostile<script>alert('space')</script>", [100])
{
    public const string Text = "</td></text><script>alert(\"x\")</script>,&'\n\u0001 ";

    public override Architecture Parse(string text) => throw new NotSupportedException();

    public override nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) => throw new NotSupportedException();

    public override NetworkCost CostOf(Architecture architecture, NetworkShape shape) => new(1000 - 7 * architecture.Genes[0], 5000);

    protected override string Format(ReadOnlySpan<int> genes) => Text + genes[0];
}
