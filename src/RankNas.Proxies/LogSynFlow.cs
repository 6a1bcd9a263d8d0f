using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>LogSynFlow: Σ |w · ln(∂R/∂w + 1)| over the weights of convolutions and linear layers. Higher is better.</summary>
/// <remarks>
/// As SynFlow, with the logarithm that keeps gradients from exploding. Cavagnero et al., <em>FreeREA: Training-Free Evolution-based
/// Architecture Search</em>, WACV 2023; the paper's Section 2.3.
/// </remarks>
public sealed class LogSynFlow : SynapticFlowProxy
{
    // A float64 has room for any float32 by 2 to this power.
    private const double SafeLog2Scale = 800;

    /// <inheritdoc/>
    public override string Id => "logsynflow";

    private protected override Tensor ScoreOf(Tensor weight, Tensor gradient, double log2Scale)
    {
        Tensor twofold = gradient.to(ScalarType.Float64);
        if (Math.Abs(log2Scale) < SafeLog2Scale)
        {
            return twofold.Times(Math.ScaleB(1, (int)log2Scale)).log1p_().mul_(weight);
        }

        // ln(g·2ᵏ + 1) = ln(e^(ln g + k·ln 2) + e⁰), which neither overflows nor loses small gradients.
        return weight * twofold.log().AddInPlace(tensor(log2Scale * Math.Log(2), dtype: ScalarType.Float64, device: twofold.device)).logaddexp(zeros_like(twofold));
    }
}
