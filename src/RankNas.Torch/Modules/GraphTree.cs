using RankNas.Graphs;

namespace RankNas.Torch.Modules;

/// <summary>A name of a graph's module tree: a scope of names, or a layer. Children and parameters are in the order in which they are registered.</summary>
/// <param name="path">The full name; empty for the network itself.</param>
/// <param name="layer">The layer's node; null for a scope.</param>
internal sealed class GraphTree(string path, GraphNode? layer = null)
{
    private readonly List<GraphTree> _children = [];
    private readonly List<GraphParameter> _parameters = [];

    /// <summary>Gets the full name; empty for the network itself.</summary>
    public string Path => path;

    /// <summary>Gets the layer's node; null for a scope.</summary>
    public GraphNode? Layer => layer;

    /// <summary>Gets what is within.</summary>
    public IReadOnlyList<GraphTree> Children => _children;

    /// <summary>Gets the parameters that this holds itself.</summary>
    public IReadOnlyList<GraphParameter> Parameters => _parameters;

    /// <summary>Gets the tree of a graph.</summary>
    public static GraphTree Of(NetworkGraph graph)
    {
        var places = new Dictionary<string, GraphTree>(StringComparer.Ordinal) { [""] = new("") };
        foreach (GraphNode node in graph.Nodes)
        {
            if (GraphLayers.IsLayer(node))
            {
                var place = new GraphTree(node.Name, node);
                ScopeOf(node.Name, places)._children.Add(place);
                places.Add(node.Name, place);
            }
        }

        foreach (GraphParameter parameter in graph.Parameters)
        {
            GraphNode node = graph.Nodes[parameter.Node];
            (GraphLayers.IsLayer(node) ? places[node.Name] : ScopeOf(node.Name, places))._parameters.Add(parameter);
        }

        return places[""];
    }

    /// <summary>Gets the last part of a full name.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Gets this and all within, in the order of <see cref="nn.Module.modules"/>.</summary>
    public IEnumerable<GraphTree> All() => Within().Prepend(this);

    // All children, then what is within each.
    private IEnumerable<GraphTree> Within() => _children.Concat(_children.SelectMany(child => child.Within()));

    private static GraphTree ScopeOf(string path, Dictionary<string, GraphTree> places)
    {
        string scope = path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";
        if (!places.TryGetValue(scope, out GraphTree? place))
        {
            places.Add(scope, place = new GraphTree(scope));
            ScopeOf(scope, places)._children.Add(place);
        }

        return place;
    }
}
