using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>SynFlow: Σ |w · ∂R/∂w| over the weights of convolutions and linear layers. Higher is better.</summary>
/// <remarks>
/// Tanaka et al., <em>Pruning neural networks without any data by iteratively conserving synaptic flow</em>, NeurIPS 2020; as a proxy,
/// Abdelfattah et al., <em>Zero-Cost Proxies for Lightweight NAS</em>, ICLR 2021.
/// </remarks>
public sealed class SynFlow : SynapticFlowProxy
{
    /// <inheritdoc/>
    public override string Id => "synflow";

    private protected override Tensor ScoreOf(Tensor weight, Tensor gradient, double log2Scale) =>
        (weight.to(ScalarType.Float64) * gradient).Times(Math.Pow(2, log2Scale));
}
