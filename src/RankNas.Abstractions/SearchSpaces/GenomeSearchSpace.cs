using System.Globalization;
using System.Numerics;
using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>A search space whose architectures are a fixed number of choices, each among a fixed number of alternatives.</summary>
public abstract class GenomeSearchSpace : ISearchSpace
{
    // Spaces where nearly nothing is viable would otherwise draw for ever.
    private const int MostDraws = 100_000;

    // After so many draws in vain it is worth looking whether there is anything to draw.
    private const int PatientDraws = 1_000;

    private const int MostOnStack = 256;

    // Where architectures have several genomes, an index needs a list of those that are kept.
    private const long MostListed = 1 << 24;

    private readonly Lazy<long[]> _kept;

    /// <summary>Initializes the space.</summary>
    /// <param name="id">The name with every setting that changes the networks, such as <c>nats-sss</c>.</param>
    /// <param name="alleles">The number of alternatives at each position, at least 1 each.</param>
    protected GenomeSearchSpace(string id, ImmutableArray<int> alleles)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (alleles.IsDefaultOrEmpty || alleles.Any(count => count < 1))
        {
            throw new ArgumentException("A space needs at least one position, and each position at least one alternative.", nameof(alleles));
        }

        Id = id;
        Alleles = alleles;
        Genomes = alleles.Aggregate(BigInteger.One, (product, count) => product * count);
        _kept = new Lazy<long[]>(ListKept);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Gets the number of alternatives at each position of the genome.</summary>
    public ImmutableArray<int> Alleles { get; }

    /// <summary>Gets the number of architectures, including those that are not viable. A space that overrides <see cref="Normalize"/> overrides this too.</summary>
    public virtual BigInteger Count => Genomes;

    /// <inheritdoc/>
    public bool HasIndex => Genomes <= (HasOneGenomeEach ? long.MaxValue : MostListed);

    /// <inheritdoc/>
    public virtual Size2D? ImageSize => null;

    /// <summary>Gets the number of genomes: the product of the alternatives.</summary>
    protected BigInteger Genomes { get; }

    /// <summary>Creates the architecture with these genes.</summary>
    /// <exception cref="ArgumentException">There are too few or too many genes, or one is outside its alternatives.</exception>
    public Architecture Create(params ReadOnlySpan<int> genes)
    {
        if (genes.Length != Alleles.Length)
        {
            throw new ArgumentException($"An architecture of {Id} has {Alleles.Length} genes, not {genes.Length}.", nameof(genes));
        }

        for (int position = 0; position < genes.Length; position++)
        {
            if ((uint)genes[position] >= (uint)Alleles[position])
            {
                throw new ArgumentException(
                    $"Gene {position} of {Id} is {genes[position]}: it goes from 0 to {Alleles[position] - 1}.", nameof(genes));
            }
        }

        Span<int> kept = genes.Length <= MostOnStack ? stackalloc int[genes.Length] : new int[genes.Length];
        genes.CopyTo(kept);
        Normalize(kept);
        return new Architecture(Format(kept), [.. kept]);
    }

    /// <inheritdoc/>
    public abstract Architecture Parse(string text);

    /// <summary>Writes genes, known to be valid, in the space's notation.</summary>
    protected abstract string Format(ReadOnlySpan<int> genes);

    /// <summary>Sets the genes that do not matter to 0, such as those of layers beyond the depth, so that each architecture has one genome and one text.</summary>
    /// <param name="genes">Valid genes, to be changed in place.</param>
    protected virtual void Normalize(Span<int> genes)
    {
    }

    /// <inheritdoc/>
    public virtual NetworkGraph Describe(Architecture architecture, NetworkShape shape) => throw new NotSupportedException(
        this is IModuleSearchSpace
            ? $"The space '{Id}' builds modules and has no graphs: override {nameof(Describe)} in place of {nameof(IModuleSearchSpace)}."
            : $"The space '{Id}' says nothing of its networks: override {nameof(Describe)}, or implement {nameof(IModuleSearchSpace)}.");

    /// <inheritdoc/>
    public virtual bool IsViable(Architecture architecture) => true;

    /// <inheritdoc/>
    public virtual Architecture? Canonicalize(Architecture architecture) => null;

    /// <inheritdoc/>
    public Architecture FromIndex(long index)
    {
        ThrowIfTooLarge();
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, HasOneGenomeEach ? (long)Genomes : _kept.Value.Length);

        Span<int> genes = Alleles.Length <= MostOnStack ? stackalloc int[Alleles.Length] : new int[Alleles.Length];
        Decode(HasOneGenomeEach ? index : _kept.Value[index], genes);
        return Create(genes);
    }

    /// <inheritdoc/>
    public long IndexOf(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ThrowIfTooLarge();
        long genome = 0;
        for (int position = 0; position < Alleles.Length; position++)
        {
            genome = genome * Alleles[position] + architecture.Genes[position];
        }

        return HasOneGenomeEach ? genome : Array.BinarySearch(_kept.Value, genome);
    }

    /// <inheritdoc/>
    public Architecture Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return DrawViable(genes =>
        {
            for (int position = 0; position < genes.Length; position++)
            {
                genes[position] = random.Next(Alleles[position]);
            }
        }) ?? throw new InvalidOperationException(
            $"No viable architecture in {MostDraws} draws from {Id}: IsViable refuses too many.");
    }

    /// <inheritdoc/>
    public Architecture Mutate(Architecture architecture, Random random)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(random);
        int[] changeable = ChangeablePositions();
        if (changeable.Length == 0)
        {
            return architecture;
        }

        Draw draw = genes =>
        {
            architecture.Genes.CopyTo(genes);
            int position = changeable[random.Next(changeable.Length)];
            genes[position] = DifferentAllele(position, genes[position], random);
        };
        return DrawViable(draw, PatientDraws, architecture) ?? (HasViableMutation(architecture) ? DrawViable(draw, unlike: architecture) : null) ?? architecture;
    }

    /// <inheritdoc/>
    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(random);

        // Two different cut points, each pair as likely as any other; a child that is not viable gives way to its parent.
        int cut = random.Next(Alleles.Length + 1);
        int other = random.Next(Alleles.Length);
        other += other >= cut ? 1 : 0;
        (int from, int to) = (Math.Min(cut, other), Math.Max(cut, other));
        return (Exchange(first, second, from, to), Exchange(second, first, from, to));
    }

    /// <inheritdoc/>
    public Architecture Neighbor(Architecture architecture, Random random)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(random);
        int[] changeable = ChangeablePositions();
        return changeable.Length == 0 ? architecture : DrawViable(genes =>
        {
            architecture.Genes.CopyTo(genes);
            random.Shuffle(changeable);
            int changes = random.Next(1, changeable.Length + 1);
            foreach (int position in changeable.AsSpan(0, changes))
            {
                genes[position] = DifferentAllele(position, genes[position], random);
            }
        }, unlike: architecture) ?? architecture;
    }

    private bool HasOneGenomeEach => Count == Genomes;

    private void Decode(long genome, Span<int> genes)
    {
        for (int position = Alleles.Length - 1; position >= 0; position--)
        {
            (genome, long gene) = Math.DivRem(genome, Alleles[position]);
            genes[position] = (int)gene;
        }
    }

    private long[] ListKept()
    {
        var kept = new List<long>();
        int[] genes = new int[Alleles.Length], normal = new int[Alleles.Length];
        for (long genome = 0; genome < (long)Genomes; genome++)
        {
            Decode(genome, genes);
            genes.CopyTo(normal, 0);
            Normalize(normal);
            if (normal.AsSpan().SequenceEqual(genes))
            {
                kept.Add(genome);
            }
        }

        return [.. kept];
    }

    private void ThrowIfTooLarge()
    {
        if (!HasIndex)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"{Id} has {Count:E1} architectures, too many for an index: sample, mutate or parse them."));
        }
    }

    private int[] ChangeablePositions() => [.. Enumerable.Range(0, Alleles.Length).Where(position => Alleles[position] > 1)];

    private int DifferentAllele(int position, int current, Random random)
    {
        int other = random.Next(Alleles[position] - 1);
        return other < current ? other : other + 1;
    }

    private Architecture Exchange(Architecture outside, Architecture inside, int from, int to)
    {
        Span<int> genes = Alleles.Length <= MostOnStack ? stackalloc int[Alleles.Length] : new int[Alleles.Length];
        outside.Genes.CopyTo(genes);
        inside.Genes.AsSpan()[from..to].CopyTo(genes[from..]);
        Architecture child = Create(genes);
        return IsViable(child) ? child : outside;
    }

    private delegate void Draw(Span<int> genes);

    private bool HasViableMutation(Architecture architecture) => Enumerable.Range(0, Alleles.Length)
        .SelectMany(position => Enumerable.Range(0, Alleles[position]).Where(allele => allele != architecture.Genes[position])
            .Select(allele => Create(architecture.Genes.SetItem(position, allele).AsSpan())))
        .Any(mutant => IsViable(mutant) && !mutant.Equals(architecture));

    // Genes that do not matter change without changing the architecture.
    private Architecture? DrawViable(Draw draw, int draws = MostDraws, Architecture? unlike = null)
    {
        Span<int> genes = Alleles.Length <= MostOnStack ? stackalloc int[Alleles.Length] : new int[Alleles.Length];
        for (int attempt = 0; attempt < draws; attempt++)
        {
            draw(genes);
            Architecture drawn = Create(genes);
            if (IsViable(drawn) && !drawn.Equals(unlike))
            {
                return drawn;
            }
        }

        return null;
    }
}
