using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Interactive.Views;

/// <summary>One architecture with all that is known of it.</summary>
internal static class CandidateView
{
    public static Html Of(ScoredArchitecture scored) => NotebookView.Of(Html.Of($"""
        <p><code>{RankedTable.Breakable(scored.Architecture.Text)}</code></p>{Place(scored)}<div class="wide"><table><thead><tr><th class="text" scope="col">proxy</th><th scope="col">score</th><th scope="col">rank</th>{Reasons(scored, "<th class=\"text\" scope=\"col\">why it failed</th>")}</tr></thead><tbody>{Html.Join(scored.Scores.Select((score, index) => Row(scored, score, index)))}</tbody></table></div>
        """));

    private static Html Place(ScoredArchitecture scored) => scored.Rank == 0 ? Html.Empty : Html.Of(
        $"<p class=\"muted\">Rank {scored.Rank} within its set, by a total of {ReportFigures.Number(scored.Total)}.</p>");

    private static Html Row(ScoredArchitecture scored, Score score, int index) => Html.Of(
        $"<tr><td class=\"text\">{NameOf(scored.Proxies, index)}</td><td>{ReportFigures.Score(score)}</td><td>{(index < scored.Ranks.Length ? ReportFigures.Number(scored.Ranks[index]) : "")}</td>{Reason(scored, score)}</tr>");

    private static Html Reason(ScoredArchitecture scored, Score score) => scored.Scores.Any(one => one.Kind == ScoreKind.Failed) ? Html.Of($"<td class=\"text\">{score.Failure}</td>") : Html.Empty;

    private static Html Reasons(ScoredArchitecture scored, string head) => scored.Scores.Any(one => one.Kind == ScoreKind.Failed) ? Html.Trusted(head) : Html.Empty;

    private static string NameOf(ImmutableArray<ProxyDescriptor> proxies, int index) =>
        index < proxies.Length ? proxies[index].Id : string.Create(CultureInfo.InvariantCulture, $"proxy {index + 1}");
}
