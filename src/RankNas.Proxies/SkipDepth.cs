using RankNas.Graphs;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Skip-path depth: how many nodes the skip connections of a cell pass over, on average. Higher is better.</summary>
/// <remarks>
/// It speaks of trainability, which neither NASWOT nor synaptic flow sees, and says little alone. The network is of a graph
/// with cells, as NATS-Bench's are; the score is the mean over them. Cavagnero et al., <em>FreeREA: Training-Free Evolution-based Architecture
/// Search</em>, WACV 2023, Section 3.2.
/// </remarks>
public sealed class SkipDepth : IZeroCostProxy
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

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network is of no graph with cells.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        GraphBlock[] cells = [.. (network as GraphModule)?.Graph.Blocks.Where(block => !block.Edges.IsEmpty) ?? []];
        return cells.Length > 0
            ? cells.Average(cell => cell.SkipDepth)
            : throw new ProxyNotApplicableException($"{Id} saw no cells (it is defined for graphs with cells, whose edges Edge(…) marks)");
    }
}
