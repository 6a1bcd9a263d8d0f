using System.Numerics;
using RankNas.Graphs;

namespace RankNas.Distributed.Working;

/// <summary>A space that this process knows by the graphs alone that a search has sent of its architectures.</summary>
internal sealed class DescribedSpace(string id) : ISearchSpace
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (NetworkGraph Graph, int Users)> _graphs = new(StringComparer.Ordinal);

    public string Id => id;

    public BigInteger Count => throw NotKnown();

    /// <summary>Keeps a graph until it is removed as often as it was added.</summary>
    public void Add(string architecture, NetworkGraph graph)
    {
        lock (_gate)
        {
            _graphs[architecture] = (graph, _graphs.TryGetValue(architecture, out (NetworkGraph, int Users) known) ? known.Users + 1 : 1);
        }
    }

    public void Remove(string architecture)
    {
        lock (_gate)
        {
            if (_graphs.TryGetValue(architecture, out (NetworkGraph Graph, int Users) known) && known.Users > 1)
            {
                _graphs[architecture] = (known.Graph, known.Users - 1);
            }
            else
            {
                _graphs.Remove(architecture);
            }
        }
    }

    public Architecture Parse(string text) => new(text, []);

    public NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        lock (_gate)
        {
            return _graphs.GetValueOrDefault(architecture.Text).Graph
                ?? throw new InvalidOperationException($"The search has sent no graph of {ShownText.Of(architecture.Text, ShownText.LineLength)}.");
        }
    }

    public Architecture FromIndex(long index) => throw NotKnown();

    public long IndexOf(Architecture architecture) => throw NotKnown();

    public bool IsViable(Architecture architecture) => true;

    public Architecture Sample(Random random) => throw NotKnown();

    public Architecture Mutate(Architecture architecture, Random random) => throw NotKnown();

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random) => throw NotKnown();

    public Architecture Neighbor(Architecture architecture, Random random) => throw NotKnown();

    private NotSupportedException NotKnown() => new($"A worker knows the space '{ShownText.Of(id)}' by its graphs alone.");
}
