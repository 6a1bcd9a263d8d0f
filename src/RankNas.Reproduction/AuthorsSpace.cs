using System.Numerics;
using RankNas.Graphs;

namespace RankNas.Reproduction;

/// <summary>A view of a space whose random architectures are drawn as the paper's authors do.</summary>
internal sealed class AuthorsSpace(ISearchSpace space) : ISearchSpaceView
{
    public string Id => space.Id;

    public BigInteger Count => space.Count;

    public bool HasIndex => space.HasIndex;

    public Size2D? ImageSize => space.ImageSize;

    public Architecture Parse(string text) => space.Parse(text);

    public Architecture FromIndex(long index) => space.FromIndex(index);

    public long IndexOf(Architecture architecture) => space.IndexOf(architecture);

    public bool IsViable(Architecture architecture) => space.IsViable(architecture);

    public Architecture Sample(Random random) => AuthorsSampling.Draw(space, random);

    public Architecture Mutate(Architecture architecture, Random random) => space.Mutate(architecture, random);

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random) => space.Crossover(first, second, random);

    public Architecture Neighbor(Architecture architecture, Random random) => space.Neighbor(architecture, random);

    public Architecture? Canonicalize(Architecture architecture) => space.Canonicalize(architecture);

    public NetworkGraph Describe(Architecture architecture, NetworkShape shape) => space.Describe(architecture, shape);

    public T Ask<T>(string method, Func<ISearchSpace, T> ask) => ask(space);
}
