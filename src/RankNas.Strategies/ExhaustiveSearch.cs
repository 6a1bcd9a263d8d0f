using System.Globalization;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>Scores every viable architecture of the space in the order of its index, until the budget is used up.</summary>
public sealed class ExhaustiveSearch : ISearchStrategy
{
    // Large enough to keep all workers busy, small enough to show progress and to cancel.
    private const int BatchSize = 1024;

    /// <inheritdoc/>
    public string Id => "exhaustive";

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The space has too many architectures to have an index.</exception>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Space.HasIndex)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"An exhaustive search goes by index, and {context.Space.Id} has {context.Space.Count:E1} architectures: take UseRandomSearch(), or another strategy that draws."));
        }

        var scored = new List<ScoredArchitecture>();
        foreach (Architecture[] batch in ViableOf(context.Space).Chunk(BatchSize))
        {
            scored.AddRange(await context.EvaluateAsync(batch, cancellationToken).ConfigureAwait(false));
            if (context.ShouldEnd(cancellationToken))
            {
                break;
            }
        }

        return [.. scored.DistinctBy(candidate => candidate.Architecture)];
    }

    private static IEnumerable<Architecture> ViableOf(ISearchSpace space)
    {
        for (long index = 0; index < space.Count; index++)
        {
            Architecture architecture = space.FromIndex(index);
            if (space.IsViable(architecture))
            {
                yield return architecture;
            }
        }
    }
}
