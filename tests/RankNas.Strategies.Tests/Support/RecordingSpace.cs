using System.Numerics;
using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Support;

/// <summary>A space that remembers what was crossed and mutated, and how often it was drawn from.</summary>
internal sealed class RecordingSpace(ISearchSpace space) : ISearchSpace
{
    public List<(Architecture First, Architecture Second)> Crossed { get; } = [];

    public List<Architecture> Mutated { get; } = [];

    public int Sampled { get; private set; }

    public string Id => space.Id;

    public BigInteger Count => space.Count;

    public Architecture Parse(string text) => space.Parse(text);

    public Architecture FromIndex(long index) => space.FromIndex(index);

    public long IndexOf(Architecture architecture) => space.IndexOf(architecture);

    public bool IsViable(Architecture architecture) => space.IsViable(architecture);

    public Architecture Sample(Random random)
    {
        Sampled++;
        return space.Sample(random);
    }

    public Architecture Neighbor(Architecture architecture, Random random) => space.Neighbor(architecture, random);

    public NetworkGraph Describe(Architecture architecture, NetworkShape shape) => space.Describe(architecture, shape);

    public Architecture Mutate(Architecture architecture, Random random)
    {
        Mutated.Add(architecture);
        return space.Mutate(architecture, random);
    }

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random)
    {
        Crossed.Add((first, second));
        return space.Crossover(first, second, random);
    }
}
