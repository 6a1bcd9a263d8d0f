using System.Numerics;

namespace RankNas.Search;

/// <summary>A view of a space that names it where it throws or gives nothing, and that ends with the search.</summary>
internal sealed class GuardedSpace(ISearchSpace space, CancellationToken cancellationToken = default) : ISearchSpaceView
{
    public string Id => space.Id;

    public bool HasIndex => Ask(nameof(HasIndex), () => space.HasIndex);

    public Size2D? ImageSize => Ask(nameof(ImageSize), () => space.ImageSize);

    public BigInteger Count => Ask(nameof(Count), () => space.Count);

    public Architecture Parse(string text) => AskForOne(nameof(Parse), () => space.Parse(text));

    public Architecture FromIndex(long index) => AskForOne(nameof(FromIndex), () => space.FromIndex(index));

    public long IndexOf(Architecture architecture) => Ask(nameof(IndexOf), () => space.IndexOf(architecture));

    public bool IsViable(Architecture architecture) => Ask(nameof(IsViable), () => space.IsViable(architecture));

    public Architecture Sample(Random random) => AskForOne(nameof(Sample), () => space.Sample(random));

    public Architecture Mutate(Architecture architecture, Random random) => AskForOne(nameof(Mutate), () => space.Mutate(architecture, random));

    public Architecture Neighbor(Architecture architecture, Random random) => AskForOne(nameof(Neighbor), () => space.Neighbor(architecture, random));

    public Architecture? Canonicalize(Architecture architecture) => Ask(nameof(Canonicalize), () => space.Canonicalize(architecture));

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random)
    {
        (Architecture child, Architecture other) = Ask(nameof(Crossover), () => space.Crossover(first, second, random));
        return (NotNull(child, nameof(Crossover)), NotNull(other, nameof(Crossover)));
    }

    public NetworkGraph Describe(Architecture architecture, NetworkShape shape) => Ask(nameof(Describe), () => space.Describe(architecture, shape))
        ?? throw new SearchComponentException($"The space '{space.Id}' broke its contract: {nameof(Describe)} returned null.");

    T ISearchSpaceView.Ask<T>(string method, Func<ISearchSpace, T> ask) => Ask(method, () => ask(space));

    private T Ask<T>(string method, Func<T> ask)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ComponentError.Guard(() => $"The space '{space.Id}' failed in {method}", ask, cancellationToken);
    }

    private Architecture AskForOne(string method, Func<Architecture> ask) => NotNull(Ask(method, ask), method);

    private Architecture NotNull(Architecture? architecture, string method) => architecture
        ?? throw new SearchComponentException($"The space '{space.Id}' broke its contract: {method} returned null.");
}
