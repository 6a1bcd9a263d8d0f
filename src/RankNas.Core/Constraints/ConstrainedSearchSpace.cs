using System.Collections.Concurrent;
using System.Numerics;
using RankNas.Files;

namespace RankNas.Constraints;

/// <summary>A wrapper of a space in which only architectures that all constraints admit are viable.</summary>
/// <remarks>
/// Architectures that are not admitted are drawn again, a bounded number of times. If none is found, a space of at most 65,536 architectures is
/// enumerated once, and draws are made from the list; a larger space throws <see cref="NoAdmissibleArchitectureException"/>.
/// The <see cref="Id"/> is that of the wrapped space, because constraints do not change scores.
/// </remarks>
public sealed class ConstrainedSearchSpace : ISearchSpace, ISearchSpaceView
{
    private const int MostSampleDraws = 10_000;
    private const int MostMoveDraws = 1_000;
    private const long MostListed = 1 << 16;
    private const int MostRemembered = 1 << 20;

    private readonly ISearchSpace _space;
    private readonly NetworkShape _shape;
    private readonly Memory _memory;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Initializes the wrapper.</summary>
    /// <param name="space">The space.</param>
    /// <param name="shape">The images and classes that networks are for.</param>
    /// <param name="constraints">The constraints, checked in this order: the cheapest first.</param>
    public ConstrainedSearchSpace(ISearchSpace space, NetworkShape shape, params ImmutableArray<IArchitectureConstraint> constraints)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(shape);
        _space = space;
        _shape = shape;
        Constraints = constraints.IsDefault ? [] : constraints;
        _memory = new Memory();
    }

    private ConstrainedSearchSpace(ConstrainedSearchSpace whole, CancellationToken cancellationToken)
    {
        _space = whole._space;
        _shape = whole._shape;
        Constraints = whole.Constraints;
        _memory = whole._memory;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gets the constraints.</summary>
    public ImmutableArray<IArchitectureConstraint> Constraints { get; }

    /// <inheritdoc/>
    public string Id => _space.Id;

    /// <inheritdoc/>
    public bool HasIndex => _space.HasIndex;

    /// <inheritdoc/>
    public Size2D? ImageSize => _space.ImageSize;

    /// <summary>Gets the number of architectures of the wrapped space, including those that are not admitted.</summary>
    public BigInteger Count => _space.Count;

    /// <inheritdoc/>
    public Architecture Parse(string text) => _space.Parse(text);

    /// <inheritdoc/>
    public Architecture FromIndex(long index) => _space.FromIndex(index);

    /// <inheritdoc/>
    public long IndexOf(Architecture architecture) => _space.IndexOf(architecture);

    /// <summary>Tells whether the architecture can work and every constraint admits it.</summary>
    /// <inheritdoc/>
    public bool IsViable(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        _cancellationToken.ThrowIfCancellationRequested();
        if (_memory.Admitted.TryGetValue(architecture, out bool known))
        {
            return known;
        }

        bool admitted = _space.IsViable(architecture) && IsAdmitted(architecture);
        if (_memory.Admitted.Count < MostRemembered)
        {
            _memory.Admitted.TryAdd(architecture, admitted);
        }

        return admitted;
    }

    /// <inheritdoc/>
    /// <exception cref="NoAdmissibleArchitectureException">The constraints admit nothing, or too little to be found.</exception>
    public Architecture Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (Draw(() => _space.Sample(random), MostSampleDraws) is { } drawn)
        {
            return drawn;
        }

        ImmutableArray<Architecture> listed = IsListable ? List() : [];
        return listed.Length > 0 ? listed[random.Next(listed.Length)] : throw NothingAdmitted();
    }

    /// <inheritdoc/>
    public Architecture Mutate(Architecture architecture, Random random) =>
        Draw(() => _space.Mutate(architecture, random), MostMoveDraws) ?? architecture;

    /// <summary>Crosses over as the wrapped space does; a child that is not admitted is replaced by its parent.</summary>
    /// <inheritdoc/>
    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random)
    {
        (Architecture child, Architecture other) = _space.Crossover(first, second, random);
        return (IsViable(child) ? child : first, IsViable(other) ? other : second);
    }

    /// <inheritdoc/>
    public Architecture Neighbor(Architecture architecture, Random random)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(random);
        if (Draw(() => Different(architecture, _space.Neighbor(architecture, random)), MostMoveDraws) is { } neighbor)
        {
            return neighbor;
        }

        // A neighbour may differ in every choice, so any other architecture is one.
        ImmutableArray<Architecture> others = IsListable ? [.. List().Where(other => !other.Equals(architecture))] : [];
        return others.Length > 0 ? others[random.Next(others.Length)] : architecture;
    }

    /// <summary>Gets the wrapped space's representative if it is admitted, else the architecture itself, because equal architectures may have different costs.</summary>
    /// <inheritdoc/>
    public Architecture? Canonicalize(Architecture architecture)
    {
        Architecture? representative = _space.Canonicalize(architecture);
        return representative is null || IsViable(representative) ? representative : architecture;
    }

    /// <inheritdoc/>
    public NetworkGraph Describe(Architecture architecture, NetworkShape shape) => _space.Describe(architecture, shape);

    T ISearchSpaceView.Ask<T>(string method, Func<ISearchSpace, T> ask) => ask(_space);

    /// <summary>Gets this view for a search, whose end by its token ends every draw.</summary>
    internal ConstrainedSearchSpace During(CancellationToken cancellationToken) => new(this, cancellationToken);

    /// <summary>Makes the exception that says that nothing was found.</summary>
    internal NoAdmissibleArchitectureException NothingAdmitted() => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Nothing in {Id} was found that has {string.Join(" and ", Constraints.Select(constraint => constraint.Description))}: loosen the constraints."));

    private bool IsListable => Count <= MostListed && HasIndex;

    private static Architecture? Different(Architecture architecture, Architecture other) => other.Equals(architecture) ? null : other;

    private bool IsAdmitted(Architecture architecture)
    {
        var candidate = new ConstraintCandidate(_space, architecture, _shape);
        return Constraints.All(constraint =>
        {
            try
            {
                return constraint.Admits(candidate);
            }
            catch (Exception exception) when (exception is not (SearchComponentException or OperationCanceledException))
            {
                throw new SearchComponentException(
                    $"The constraint '{constraint.Description}' failed on {architecture}: {ErrorText.FirstLineOf(exception)}", exception);
            }
        });
    }

    // Once for all views of it: a list that was broken off is begun anew.
    private ImmutableArray<Architecture> List()
    {
        if (_memory.Listed is { } known)
        {
            return known;
        }

        ImmutableArray<Architecture> listed =
            [.. Enumerable.Range(0, (int)_space.Count).Select(index => _space.FromIndex(index)).Where(IsViable)];
        _memory.Listed = listed;
        return listed;
    }

    private Architecture? Draw(Func<Architecture?> draw, int most)
    {
        for (int attempt = 0; attempt < most; attempt++)
        {
            if (draw() is { } drawn && IsViable(drawn))
            {
                return drawn;
            }
        }

        return null;
    }

    private sealed class Memory
    {
        private volatile object? _listed;

        public ConcurrentDictionary<Architecture, bool> Admitted { get; } = new();

        public ImmutableArray<Architecture>? Listed
        {
            get => (ImmutableArray<Architecture>?)_listed;
            set => _listed = value;
        }
    }
}
