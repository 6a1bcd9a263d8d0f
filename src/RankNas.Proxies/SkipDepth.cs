using RankNas.Graphs;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Skip-path depth: the mean number of nodes that the skip connections of a cell bypass. Higher is better.</summary>
/// <remarks>
/// It measures trainability, which NASWOT and synaptic flow do not, but is a weak proxy alone. The network needs a graph
/// with cells, as NATS-Bench's networks have; the score is the mean over them. Cavagnero et al., <em>FreeREA: Training-Free Evolution-based Architecture
/// Search</em>, WACV 2023, Section 3.2.
/// </remarks>
public sealed class SkipDepth : IZeroCostProxy, IGraphReader
{
    /// <inheritdoc/>
    public string Id => "skip-depth";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool IsConcurrent => true;

    /// <inheritdoc/>
    public NetworkNeeds Needs => NetworkNeeds.Cells;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    bool IGraphReader.ReadsWeights => false;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has no graph with cells.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        GraphBlock[] cells = [.. (network as IGraphNetwork)?.Graph.Blocks.Where(block => !block.Edges.IsEmpty) ?? []];
        return cells.Length > 0
            ? cells.Average(cell => cell.SkipDepth)
            : throw new ProxyNotApplicableException($"{Id} saw no cells (it is defined for graphs with cells, whose edges Edge(…) marks)");
    }
}
