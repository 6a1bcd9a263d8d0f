using static TorchSharp.torch;

namespace RankNas.Constraints;

/// <summary>The argument of a constraint or of an objective: an architecture, with its cost and its network computed on demand.</summary>
public sealed class ConstraintCandidate
{
    private readonly ISearchSpace _space;
    private readonly Lazy<NetworkCost> _cost;
    private readonly Lazy<NetworkGraph> _graph;

    /// <summary>Initializes a candidate.</summary>
    /// <param name="space">The space of the architecture.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="shape">The images and classes that its network is for.</param>
    public ConstraintCandidate(ISearchSpace space, Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        _space = space;
        Architecture = architecture;
        Shape = shape;
        _cost = new Lazy<NetworkCost>(() => space.CostOf(architecture, shape));
        _graph = new Lazy<NetworkGraph>(() => space.Describe(architecture, shape));
    }

    /// <summary>Gets the architecture.</summary>
    public Architecture Architecture { get; }

    /// <summary>Gets the images and classes that its network is for.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Gets parameters and multiply-accumulates, computed once for all constraints: see <see cref="SearchSpaceExtensions.CostOf"/>.</summary>
    public NetworkCost Cost => _cost.Value;

    /// <summary>Gets the network as a graph, computed once.</summary>
    /// <exception cref="NotSupportedException">The space builds modules, and describes no graphs.</exception>
    public NetworkGraph Graph => _graph.Value;

    /// <summary>Builds the network, on the CPU, in float32, with weights from seed 0 if the space describes it as a graph. The caller disposes it.</summary>
    public nn.Module<Tensor, Tensor> BuildNetwork() => _space.BuildNetwork(Architecture, Shape);
}
