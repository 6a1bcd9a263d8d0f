using System.Collections.Immutable;
using System.Globalization;
using RankNas.SearchSpaces;

namespace RankNas.Abstractions.Tests.Support;

/// <summary>A made-up space without networks: any genome, written <c>0-3-1</c>, and any rule of what is viable.</summary>
internal sealed class GridSpace(ImmutableArray<int> alleles, Func<Architecture, bool>? isViable = null) : GenomeSearchSpace("grid", alleles)
{
    public IEnumerable<Architecture> Viable =>
        Enumerable.Range(0, (int)Count).Select(index => FromIndex(index)).Where(IsViable);

    public static GridSpace Of(int positions, int alleles, Func<Architecture, bool>? isViable = null) =>
        new([.. Enumerable.Repeat(alleles, positions)], isViable);

    public override Architecture Parse(string text) =>
        Create([.. text.Split('-').Select(gene => int.Parse(gene, CultureInfo.InvariantCulture))]);

    public override bool IsViable(Architecture architecture) => isViable?.Invoke(architecture) ?? true;

    protected override string Format(ReadOnlySpan<int> genes) => string.Join('-', genes.ToArray());
}
