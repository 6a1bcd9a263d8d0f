using System.Collections.Immutable;
using System.Globalization;
using RankNas.Initialization;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>Scores given architectures, such as those of a benchmark that does not have the whole space.</summary>
/// <param name="architectures">The architectures of the space, viable or not, in the order in which they are scored.</param>
public sealed class GivenArchitectures(params IEnumerable<Architecture> architectures) : ISearchStrategy
{
    // As random search does, so that a result comes of a search that is cancelled.
    private const int BatchSize = 1024;

    private readonly ImmutableArray<Architecture> _architectures = [.. architectures.Distinct()];

    /// <inheritdoc/>
    public string Id => "given";

    /// <summary>Gets the number of the architectures and a number derived from their texts.</summary>
    public string Settings => string.Create(
        CultureInfo.InvariantCulture, $"{_architectures.Length} architectures {StableSeed.Derive(0, [.. _architectures.Select(architecture => architecture.Text)]):x16}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scored = new List<ScoredArchitecture>();
        foreach (Architecture[] batch in _architectures.Take(context.Budget).Chunk(BatchSize))
        {
            if (context.ShouldEnd(cancellationToken))
            {
                break;
            }

            scored.AddRange(await context.EvaluateAsync(batch, cancellationToken).ConfigureAwait(false));
        }

        return scored;
    }
}
