using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The number of trainable scalars. Higher is better: as a predictor of accuracy, not as a cost.</summary>
/// <remarks>
/// The baseline that other proxies should beat; Abdelfattah et al., <em>Zero-Cost Proxies for Lightweight NAS</em>, ICLR 2021. Frozen
/// parameters do not count.
/// </remarks>
public sealed class ParameterCount : IZeroCostProxy, IGraphReader
{
    /// <inheritdoc/>
    public string Id => "params";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool IsConcurrent => true;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    bool IGraphReader.ReadsWeights => false;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has no parameter that is not frozen.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        long parameters = network is GraphWeights weights ? weights.Graph.Cost.Parameters : NetworkCostMeter.CountParameters(network);
        ProxyNotApplicableException.ThrowIfNone(parameters, this, "trainable parameter", hint: null);
        return parameters;
    }
}
