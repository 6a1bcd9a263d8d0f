using System.Numerics;
using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Reproduction.Tests.Support;

/// <summary>A space of one architecture without genes.</summary>
internal sealed class GenelessSpace : ISearchSpace
{
    private readonly Architecture _only = new("only", []);

    public string Id => "geneless";

    public BigInteger Count => 1;

    public Architecture Parse(string text) => _only;

    public Architecture FromIndex(long index) => _only;

    public long IndexOf(Architecture architecture) => 0;

    public bool IsViable(Architecture architecture) => true;

    public Architecture Sample(Random random) => _only;

    public Architecture Mutate(Architecture architecture, Random random) => _only;

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random) => (_only, _only);

    public Architecture Neighbor(Architecture architecture, Random random) => _only;

    public NetworkGraph Describe(Architecture architecture, NetworkShape shape) => throw new NotSupportedException("Nothing is built.");
}
