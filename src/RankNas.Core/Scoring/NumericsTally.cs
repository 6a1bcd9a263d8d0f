using RankNas.Files;

namespace RankNas.Scoring;

/// <summary>Counts the architectures whose scores are, or could have been, by other numerics than this process's.</summary>
internal sealed class NumericsTally
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _left = [];
    private readonly SortedSet<string> _takenNumerics = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _leftNumerics = new(StringComparer.Ordinal);

    /// <summary>Notes a score by other numerics.</summary>
    public void Note(string architecture, string numerics, bool isTaken)
    {
        lock (_gate)
        {
            (isTaken ? _taken : _left).Add(architecture);
            (isTaken ? _takenNumerics : _leftNumerics).Add(numerics);
        }
    }

    /// <summary>Says what there was.</summary>
    /// <param name="own">This process's numerics.</param>
    public ImmutableArray<SearchNotice> NoticesFor(string own)
    {
        lock (_gate)
        {
            return
            [
                .. _taken.Count == 0 ? (SearchNotice[])[] : [Notice(
                    SearchNoticeCodes.ScoresOfOtherNumerics,
                    $"Scores of {_taken.Count:N0} architectures are by {Listed(_takenNumerics)}, where this process computes by {own}: near ties may rank otherwise than by one alone.")],
                .. _left.Count == 0 ? (SearchNotice[])[] : [Notice(
                    SearchNoticeCodes.StoredScoresNotTaken,
                    $"The store has scores of {_left.Count:N0} architectures by {Listed(_leftNumerics)}, which were computed again, since this process computes by {own}: call AcceptOtherNumerics(), or write --accept-other-numerics, to take them.")],
            ];
        }
    }

    // They come from a store, which may be a stranger's.
    private static string Listed(IEnumerable<string> numerics) => string.Join(" and ", numerics.Select(one => ShownText.Of(one)));

    private static SearchNotice Notice(string code, FormattableString message) => new(code, message.ToString(CultureInfo.InvariantCulture));
}
