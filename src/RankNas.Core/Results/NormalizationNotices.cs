using RankNas.Graphs.Operations;
using RankNas.Scoring;
using RankNas.Search;
using RankNas.Torch;

namespace RankNas.Results;

/// <summary>Tells where BatchNorm has too few values of a channel for its statistics to mean anything.</summary>
internal static class NormalizationNotices
{
    // Of n values, none is further than √(n − 1) from their mean when normalised; two are always ±1.
    private const int LeastValues = 8;

    // Most networks of a space end in images of one size.
    private const int Architectures = 16;

    public static IEnumerable<SearchNotice> Of(EvaluationSetup setup, IReadOnlyList<ScoredArchitecture> evaluated)
    {
        if (setup.Proxies.All(proxy => proxy is IGraphReader) || !setup.Space.HasGraphs())
        {
            return [];
        }

        return evaluated.Take(Architectures).Select(scored => (Scored: scored, Node: FewestOf(setup, scored))).Where(one => one.Node is not null)
            .OrderBy(one => ValuesOf(setup, one.Node!)).Take(1).Select(one => NoticeOf(setup, one.Scored, one.Node!));
    }

    private static GraphNode? FewestOf(EvaluationSetup setup, ScoredArchitecture scored) => ComponentError.Ask(
        () =>
        {
            NetworkGraph graph = setup.Space.Describe(scored.Architecture, setup.Images.Shape);
            return graph.Nodes.Where(node => node.Operation is BatchNormOperation && graph.IsLive(node) && ValuesOf(setup, node) < LeastValues)
                .MinBy(node => ValuesOf(setup, node));
        },
        null);

    private static long ValuesOf(EvaluationSetup setup, GraphNode node) => (long)setup.BatchSize * node.Shape[1] * node.Shape[2];

    private static SearchNotice NoticeOf(EvaluationSetup setup, ScoredArchitecture scored, GraphNode node)
    {
        long values = ValuesOf(setup, node);
        return new(SearchNoticeCodes.NormalizationOfFewValues, string.Create(
            CultureInfo.InvariantCulture,
            $"BatchNorm '{node.Name}' of {scored.Architecture} has {values:N0} {(values == 1 ? "value" : "values")} of each channel (a batch of {setup.BatchSize:N0}, images of {node.Shape[1]}x{node.Shape[2]}): what it normalises is mostly rounding or ±1, and so are the scores. Use a larger batch or larger images."));
    }
}
