using System.Collections.Immutable;
using MathNet.Numerics.Random;
using RankNas.Initialization;

namespace RankNas.Reproduction;

/// <summary>How the paper's authors draw random architectures, on which their published correlations rest. It is not uniform.</summary>
/// <remarks>
/// In the topology space, six operations are drawn uniformly; then each <c>none</c> on one of the four paths from input to output, drawn uniformly, is
/// replaced by one of the four other operations. Architectures with few <c>none</c>, and so deep ones, come up more often. In the size space, five widths
/// are drawn that all differ: one of 6,720 architectures, uniformly.
/// </remarks>
public static class AuthorsSampling
{
    private const int MostDrawsForEach = 10_000;

    // The edges are 0→1, 0→2, 1→2, 0→3, 1→3, 2→3.
    private static readonly ImmutableArray<ImmutableArray<int>> Paths = [[3], [0, 4], [1, 5], [0, 2, 5]];

    /// <summary>Tells whether the authors have drawn from a space: NATS-Bench's topology and size spaces.</summary>
    public static bool IsOf(ISearchSpace space) => space is NatsTopologySpace or NatsSizeSpace;

    /// <summary>Draws an architecture.</summary>
    /// <param name="space">The topology or the size space.</param>
    /// <param name="random">The only source of randomness.</param>
    /// <exception cref="ArgumentException">It is another space.</exception>
    public static Architecture Draw(ISearchSpace space, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(random);
        return space switch
        {
            NatsTopologySpace topology => DrawCell(topology, random),
            NatsSizeSpace size => DrawWidths(size, random),
            _ => throw new ArgumentException($"The authors have not drawn from {space.Id}: take nats-tss or nats-sss.", nameof(space)),
        };
    }

    /// <summary>Draws a sample of distinct architectures.</summary>
    /// <param name="space">The topology or the size space.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">The seed: the same one gives the same sample on every machine.</param>
    /// <exception cref="ArgumentException">It is another space, or it has not as many architectures.</exception>
    public static ImmutableArray<Architecture> DrawSample(ISearchSpace space, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new Xoshiro256StarStar((int)(StableSeed.Derive(seed, "authors' sampling") & int.MaxValue), threadSafe: false);
        var drawn = new HashSet<Architecture>();
        for (int inVain = 0; drawn.Count < count; inVain = drawn.Add(Draw(space, random)) ? 0 : inVain + 1)
        {
            if (inVain == MostDrawsForEach)
            {
                throw new ArgumentException($"The authors' sampling of {space.Id} has not come upon {count:N0} architectures: take fewer.", nameof(count));
            }
        }

        return [.. drawn];
    }

    /// <summary>Gets the space with the authors' draws in place of uniform ones; mutation, crossover and neighbours are the space's own.</summary>
    /// <param name="space">The topology or the size space.</param>
    /// <exception cref="ArgumentException">It is another space.</exception>
    public static ISearchSpace Of(ISearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return IsOf(space) ? new AuthorsSpace(space) : throw new ArgumentException($"The authors have not drawn from {space.Id}: take nats-tss or nats-sss.", nameof(space));
    }

    private static Architecture DrawCell(NatsTopologySpace space, Random random)
    {
        const int None = (int)CellOperation.None;
        int[] genes = [.. space.Alleles.Select(random.Next)];
        foreach (int edge in Paths[random.Next(Paths.Length)].Where(edge => genes[edge] == None))
        {
            // One of the others: those from None on are one further.
            int other = random.Next(space.Alleles[edge] - 1);
            genes[edge] = other < None ? other : other + 1;
        }

        return space.Create(genes);
    }

    private static Architecture DrawWidths(NatsSizeSpace space, Random random)
    {
        int[] widths = [.. Enumerable.Range(0, space.Alleles[0])];
        for (int layer = 0; layer < space.Alleles.Length; layer++)
        {
            int drawn = random.Next(layer, widths.Length);
            (widths[layer], widths[drawn]) = (widths[drawn], widths[layer]);
        }

        return space.Create(widths.AsSpan(0, space.Alleles.Length));
    }
}
