using RankNas.Correlation;
using RankNas.Scoring;
using RankNas.Search;

namespace RankNas.Results;

/// <summary>Tells where small networks have the best scores of a proxy of which that is known to be no merit.</summary>
internal static class SizeNotices
{
    private const double MostRho = -0.4;

    // Of fewer, such a correlation may be chance; of more, it is the same.
    private const int Fewest = 32;
    private const int Most = 256;

    public static IEnumerable<SearchNotice> Of(EvaluationSetup setup, IReadOnlyList<ScoredArchitecture> evaluated)
    {
        (int Index, string? Hint)[] proxies = [.. setup.Proxies.Select((proxy, index) => (index, ComponentError.Ask(() => proxy.HintWhereSmallIsBest, null)))];
        if (proxies.All(proxy => proxy.Hint is null) || !setup.Space.HasGraphs())
        {
            return [];
        }

        (ScoredArchitecture Scored, double Parameters)[] sized = [.. evaluated.Take(Most).Select(scored => (scored, ParametersOf(setup, scored)))];
        return proxies.Where(proxy => proxy.Hint is not null)
            .Select(proxy => NoticeOf(setup.Descriptors[proxy.Index], proxy.Hint!, RhoOf(setup.Descriptors[proxy.Index], proxy.Index, sized))).OfType<SearchNotice>();
    }

    private static double ParametersOf(EvaluationSetup setup, ScoredArchitecture scored) =>
        ComponentError.Ask(() => setup.Space.CostOf(scored.Architecture, setup.Images.Shape).Parameters, double.NaN);

    // Of how good a score is with how large the network is.
    private static double RhoOf(ProxyDescriptor proxy, int index, (ScoredArchitecture Scored, double Parameters)[] sized)
    {
        (ScoredArchitecture Scored, double Parameters)[] finite =
            [.. sized.Where(one => one.Scored.Scores[index].Kind == ScoreKind.Finite && double.IsFinite(one.Parameters))];
        double rho = finite.Length < Fewest ? 0 : SpearmanRho.Of([.. finite.Select(one => one.Scored.Scores[index].Value)], [.. finite.Select(one => one.Parameters)]);
        return proxy.Direction == ScoreDirection.HigherIsBetter ? rho : -rho;
    }

    private static SearchNotice? NoticeOf(ProxyDescriptor proxy, string hint, double rho) => rho > MostRho || double.IsNaN(rho) ? null : new(
        SearchNoticeCodes.SmallNetworksFirst,
        string.Create(CultureInfo.InvariantCulture, $"{proxy.Id} ranks small networks first (Spearman's ρ with parameters {rho:0.00}). {hint}"));
}
