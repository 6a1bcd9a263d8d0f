using System.Collections.Immutable;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Bayesian;

/// <summary>An architecture as a multiset of tokens: its genes with their positions or, without a genome, the pairs of neighbouring characters of its text.</summary>
internal sealed class ArchitectureTokens
{
    private readonly Dictionary<(int, int), int> _counts = [];
    private readonly ImmutableArray<int> _genes;

    private ArchitectureTokens(ImmutableArray<int> genes, IEnumerable<(int, int)> tokens)
    {
        _genes = genes;
        foreach ((int, int) token in tokens)
        {
            _counts[token] = _counts.GetValueOrDefault(token) + 1;
            Count++;
        }
    }

    /// <summary>Gets the number of tokens.</summary>
    public int Count { get; }

    public static ArchitectureTokens Of(Architecture architecture) => new(architecture.Genes, architecture.Genes.IsEmpty
        ? architecture.Text.Zip(architecture.Text[1..] + '\0', (first, second) => ((int)first, (int)second))
        : architecture.Genes.Select((allele, gene) => (gene, allele)));

    /// <summary>Counts the tokens that one has and the other lacks, halved: of two genomes of a length, the genes in which they differ.</summary>
    public double DistanceTo(ArchitectureTokens other)
    {
        if (!_genes.IsEmpty && _genes.Length == other._genes.Length)
        {
            int differing = 0;
            for (int gene = 0; gene < _genes.Length; gene++)
            {
                differing += _genes[gene] == other._genes[gene] ? 0 : 1;
            }

            return differing;
        }

        int shared = 0;
        foreach ((var token, int count) in _counts)
        {
            shared += Math.Min(count, other._counts.GetValueOrDefault(token));
        }

        return ((Count + other.Count) / 2.0) - shared;
    }
}
