using RankNas.Correlation;
using RankNas.Scoring;

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
        (int Index, string Hint)[] proxies = [.. setup.Proxies.Select((proxy, index) => (index, HintOf(proxy))).Where(one => one.Item2 is not null).Select(one => (one.index, one.Item2!))];
        if (proxies.Length == 0 || !setup.Space.HasGraphs())
        {
            return [];
        }

        (ScoredArchitecture Scored, double Parameters)[] sized = [.. evaluated.Take(Most).Select(scored => (scored, ParametersOf(setup, scored)))];
        return proxies.Select(proxy => NoticeOf(setup.Descriptors[proxy.Index], proxy.Hint, RhoOf(setup.Descriptors[proxy.Index], proxy.Index, sized))).OfType<SearchNotice>();
    }

    private static string? HintOf(IZeroCostProxy proxy)
    {
        try
        {
            return proxy.HintWhereSmallIsBest;
        }
#pragma warning disable CA1031 // The result is worth more than the hint.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static double ParametersOf(EvaluationSetup setup, ScoredArchitecture scored)
    {
        try
        {
            return setup.Space.Describe(scored.Architecture, setup.Images.Shape).Costs.Parameters;
        }
#pragma warning disable CA1031 // The result is worth more than the notice.
        catch (Exception)
#pragma warning restore CA1031
        {
            return double.NaN;
        }
    }

    // Of how good a score is with how large the network is.
    private static double RhoOf(ProxyDescriptor proxy, int index, (ScoredArchitecture Scored, double Parameters)[] sized)
    {
        double sign = proxy.Direction == ScoreDirection.HigherIsBetter ? 1 : -1;
        (double Merit, double Parameters)[] pairs =
            [.. sized.Select(one => (sign * one.Scored.Scores[index].Value, one.Parameters)).Where(one => double.IsFinite(one.Item1) && double.IsFinite(one.Parameters))];
        return pairs.Length < Fewest ? 0 : SpearmanRho.Of([.. pairs.Select(pair => pair.Merit)], [.. pairs.Select(pair => pair.Parameters)]);
    }

    private static SearchNotice? NoticeOf(ProxyDescriptor proxy, string hint, double rho) => rho > MostRho || double.IsNaN(rho) ? null : new(
        SearchNoticeCodes.SmallNetworksFirst,
        string.Create(CultureInfo.InvariantCulture, $"{proxy.Id} ranks small networks first (Spearman's ρ with parameters {rho:0.00}). {hint}"));
}
