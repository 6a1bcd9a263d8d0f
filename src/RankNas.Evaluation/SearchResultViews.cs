using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Evaluation;

/// <summary>Other sets and rankings of the scores of a finished search.</summary>
public static class SearchResultViews
{
    /// <summary>Keeps some of the proxies, and ranks all that was scored by them.</summary>
    /// <param name="result">The result.</param>
    /// <param name="proxies">The ids of the proxies to keep, in the order that they then have.</param>
    /// <param name="aggregator">What ranks by them.</param>
    /// <exception cref="ArgumentException">There is no proxy of that id, or none at all.</exception>
    public static SearchResult RankedBy(this SearchResult result, IReadOnlyList<string> proxies, IRankAggregator aggregator)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(proxies);
        int[] columns = [.. proxies.Select(id => ColumnOf(result, id))];
        return columns.Length == 0 ? throw new ArgumentException("There is no proxy to rank by.", nameof(proxies)) : (result with
        {
            Proxies = [.. columns.Select(column => result.Proxies[column])],
            History = [.. result.History.Select(scored => scored with { Scores = [.. columns.Select(column => scored.Scores[column])] })],
        }).RankedBy(aggregator);
    }

    /// <summary>Gives architectures the scores of those that build the same network, as a search scored them once by
    /// <see cref="NasBuilder.TreatEqualGraphsAsOne"/>, and ranks them anew.</summary>
    /// <param name="result">The result of such a search.</param>
    /// <param name="architectures">Architectures of the space; those whose network was not scored are left out, and one given twice counts once.</param>
    /// <param name="space">The space.</param>
    /// <param name="shape">The shape of the images and the number of classes, which the search had.</param>
    /// <param name="aggregator">What ranks them.</param>
    public static SearchResult SharedAmong(
        this SearchResult result, IEnumerable<Architecture> architectures, ISearchSpace space, NetworkShape shape, IRankAggregator aggregator)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(architectures);
        ArgumentNullException.ThrowIfNull(space);
        var scoredOf = result.History.ToDictionary(scored => KeyOf(scored.Architecture));
        return (result with
        {
            History =
            [
                .. architectures.Distinct().Select(one => scoredOf.GetValueOrDefault(KeyOf(one)) is { } scored ? scored with { Architecture = one } : null).OfType<ScoredArchitecture>(),
            ],
        }).RankedBy(aggregator);

        string KeyOf(Architecture architecture) => space.Canonicalize(architecture)?.Text ?? space.Describe(architecture, shape).CanonicalKey;
    }

    private static int ColumnOf(SearchResult result, string id)
    {
        for (int column = 0; column < result.Proxies.Length; column++)
        {
            if (result.Proxies[column].Id == id)
            {
                return column;
            }
        }

        throw new ArgumentException($"There are no scores by '{id}': there are by {string.Join(", ", result.Proxies.Select(proxy => proxy.Id))}.", nameof(id));
    }
}
