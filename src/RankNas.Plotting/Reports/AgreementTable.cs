using RankNas.Plotting.Charts;
using RankNas.Ranking;

namespace RankNas.Plotting.Reports;

/// <summary>How well the ranking, and each proxy, agree with the accuracies of a report, over all that was scored.</summary>
internal sealed class AgreementTable(SearchResult result, ReportOptions options)
{
    // With fewer, τ may be off by a fifth and more by chance.
    private const int Enough = 30;

    public Html Write() => options.Accuracies.IsEmpty ? Html.Empty : Html.Of($"""
        <section aria-labelledby="agreement">
        <h2 id="agreement">Agreement with the accuracies</h2>
        <p class="muted">Kendall’s τ and Spearman’s ρ over all architectures scored whose accuracy is known. 1: what ranks better is more accurate; 0: no agreement; −1: the reverse.</p>
        <div class="wide" tabindex="0" role="group" aria-label="Agreement with the accuracies">
        <table class="cards">
        <thead><tr><th scope="col" class="name">ranked by</th>{Html.Join(options.Accuracies.Select(Head))}</tr></thead>
        <tbody>
        {Html.Join(Rows())}
        </tbody>
        </table>
        </div>
        {Caution()}
        </section>
        """);

    private static Html Head(ReportAccuracy accuracy) => Html.Of(
        $"<th scope=\"col\">{accuracy.Name}: τ</th><th scope=\"col\">{accuracy.Name}: ρ</th><th scope=\"col\">{accuracy.Name}: architectures</th>");

    private IEnumerable<Html> Rows()
    {
        ImmutableArray<ScoredArchitecture> all = result.Ranked;
        yield return Row(result.Aggregator.Replace('-', ' '), all, candidate => candidate.Total);
        for (int proxy = 0; proxy < result.Proxies.Length; proxy++)
        {
            int index = proxy;
            yield return Row(result.Proxies[proxy].Id, all, candidate => candidate.Ranks[index]);
        }
    }

    private Html Row(string name, ImmutableArray<ScoredArchitecture> all, Func<ScoredArchitecture, double> lowerIsBetter) => Html.Of($"""
        <tr><th scope="row" class="name">{name}</th>{Html.Join(options.Accuracies.Select(accuracy => Cells(accuracy.Name, AgreementOf(all, lowerIsBetter, accuracy))))}</tr>

        """);

    private static Html Cells(string accuracy, AccuracyAgreement agreement) => Html.Of($"""
        <td data-label="{accuracy}: τ">{AccuracyAgreement.Text(agreement.Tau)}</td><td data-label="{accuracy}: ρ">{AccuracyAgreement.Text(agreement.Rho)}</td><td data-label="{accuracy}: architectures">{agreement.Architectures}</td>
        """);

    private Html Caution()
    {
        int fewest = options.Accuracies.Min(accuracy => AgreementOf(result.Ranked, candidate => candidate.Total, accuracy).Architectures);
        return fewest >= Enough ? Html.Empty : Html.Of($"<p class=\"muted\">Of {fewest} architectures, these figures are mostly chance.</p>");
    }

    private static AccuracyAgreement AgreementOf(
        ImmutableArray<ScoredArchitecture> all, Func<ScoredArchitecture, double> lowerIsBetter, ReportAccuracy accuracy) =>
        AccuracyAgreement.Of(all, lowerIsBetter, candidate => accuracy.Of(candidate.Architecture) ?? double.NaN);
}
