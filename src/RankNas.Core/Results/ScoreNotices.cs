namespace RankNas.Results;

/// <summary>What speaks against scores: proxies that failed, or told no architectures apart.</summary>
internal static class ScoreNotices
{
    // A minority that fails or is infinite is ranked last, as it should be; with a majority, most places are chance.
    private const double Most = 0.5;

    /// <summary>Looks through scores.</summary>
    /// <param name="proxies">The proxies, in the order of each architecture's scores.</param>
    /// <param name="evaluated">The architectures that were scored.</param>
    /// <param name="hintFor">What a proxy says to do where most have one score; null where it says nothing.</param>
    /// <param name="mayBeEqual">Which proxies may give all the same score, as long as others tell them apart.</param>
    public static IEnumerable<SearchNotice> Of(
        IReadOnlyList<ProxyDescriptor> proxies, IReadOnlyList<ScoredArchitecture> evaluated, Func<ProxyDescriptor, double, string?> hintFor, Func<ProxyDescriptor, bool> mayBeEqual)
    {
        if (evaluated.Count == 0)
        {
            return [];
        }

        ProxyScores[] all = [.. proxies.Select((proxy, index) => ProxyScores.Of(proxy, evaluated, index))];
        return
        [
            .. Meaningless(all, evaluated.Count),
            .. all.SelectMany(scores => scores.Failures).GroupBy(failure => failure.Key).Select(same => Failed(same.Key, [.. same], evaluated.Count)),
            .. all.Where(scores => scores.Infinite > Most * evaluated.Count || scores is { Finite: 0, Infinite: > 0 }).Select(scores => Infinite(scores, evaluated.Count, hintFor)),
            .. all.Where(scores => scores.AreEqual && !(mayBeEqual(scores.Proxy) && all.Any(other => other.TellApart))).Select(scores => Equal(scores, evaluated.Count, hintFor)),
            .. all.Where(scores => !scores.AreEqual && scores.Zeros > Most * evaluated.Count).SelectMany(scores => MostlyZero(scores, evaluated.Count, hintFor)),
        ];
    }

    private static IEnumerable<SearchNotice> Meaningless(ProxyScores[] all, int architectures)
    {
        if (all.All(scores => scores.Failed == architectures))
        {
            yield return Notice(SearchNoticeCodes.RankingMeaningless, $"The ranking means nothing: every score failed.");
        }
        else if (architectures > 1 && !all.Any(scores => scores.TellApart))
        {
            yield return Notice(
                SearchNoticeCodes.RankingMeaningless, $"The ranking means nothing: no proxy told the {architectures:N0} architectures apart.");
        }
    }

    private static SearchNotice Failed(FailureKey failure, IReadOnlyList<ProxyFailures> same, int architectures)
    {
        string code = same.Any(one => one.OfAll > Most * architectures) ? SearchNoticeCodes.ScoresFailed : SearchNoticeCodes.SomeScoresFailed;
        string place = failure.Count == architectures ? "Leave it out, or take a proxy that sees more" : "These rank last by it";
        return failure.IsNotApplicable
            ? Notice(code, $"In {failure.Count:N0} of {architectures:N0} networks, {Sentence(failure.Reason)} {place}.")
            : Notice(
                code,
                $"{Listed([.. same.Select(one => one.Proxy)])} failed on {failure.Count:N0} of {architectures:N0} architectures, such as {failure.Example}: {Sentence(failure.Reason)}");
    }

    private static SearchNotice Infinite(ProxyScores scores, int architectures, Func<ProxyDescriptor, double, string?> hintFor)
    {
        string effect = architectures == 1 ? ""
            : scores.Infinite == architectures ? " It tells none apart."
            : " It does not tell these apart, and they rank last by it.";
        string hint = hintFor(scores.Proxy, scores.FirstInfinite) ?? "Leave it out, or change what it looks at.";
        return Notice(SearchNoticeCodes.ScoresInfinite, $"{scores.Proxy.Id} gave {scores.Infinity} for {Share(scores.Infinite, architectures)}.{effect} {hint}");
    }

    private static SearchNotice Equal(ProxyScores scores, int architectures, Func<ProxyDescriptor, double, string?> hintFor) => Notice(
        SearchNoticeCodes.ScoresEqual,
        $"{scores.Proxy.Id} gave {scores.Value:G6} for {Share(scores.Finite, architectures)}: it tells none of them apart, and adds the same to every total. {hintFor(scores.Proxy, scores.Value) ?? "Leave it out."}");

    // Zeros are common, and worth a word only where the proxy has one.
    private static IEnumerable<SearchNotice> MostlyZero(ProxyScores scores, int architectures, Func<ProxyDescriptor, double, string?> hintFor)
    {
        if (hintFor(scores.Proxy, 0) is { } hint)
        {
            yield return Notice(
                SearchNoticeCodes.ScoresEqual, $"{scores.Proxy.Id} gave 0 for {Share(scores.Zeros, architectures)}: it does not tell these apart. {hint}");
        }
    }

    private static string Share(int count, int architectures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(count < architectures ? $"{count:N0} of {architectures:N0} architectures" : count == 1 ? "the only architecture" : $"all {count:N0} architectures")}");

    private static string Listed(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string Sentence(string reason) => reason[^1] is '.' or '!' or '?' ? reason : $"{reason}.";

    private static SearchNotice Notice(string code, FormattableString message) => new(code, message.ToString(CultureInfo.InvariantCulture));
}
