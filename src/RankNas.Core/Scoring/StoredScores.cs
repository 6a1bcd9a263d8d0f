namespace RankNas.Scoring;

/// <summary>What a store has of one repeat, and which of it a search takes.</summary>
internal sealed class StoredScores
{
    private readonly IReadOnlyDictionary<ScoreKey, StoredScore> _found;
    private readonly ILookup<ScoreKey, StoredScore> _others;
    private readonly ScoreScope _scope;
    private readonly ScoreReuse _reuse;

    /// <param name="found">What the store found, by whatever numerics.</param>
    /// <param name="scope">The repeat's scope, by this process's numerics.</param>
    /// <param name="reuse">What is taken.</param>
    public StoredScores(IReadOnlyDictionary<ScoreKey, StoredScore> found, ScoreScope scope, ScoreReuse reuse)
    {
        (_found, _scope, _reuse) = (found, scope, reuse);
        _others = found.Where(pair => pair.Key.Scope.Numerics != scope.Numerics)
            .Select(pair => pair.Value)
            .OrderBy(score => score.Key.Scope.Numerics, StringComparer.Ordinal)
            .ToLookup(score => score.Key with { Scope = score.Key.Scope with { Numerics = scope.Numerics } });
    }

    /// <summary>Gets a score to take; null where there is none.</summary>
    /// <param name="key">What it is found by.</param>
    /// <param name="tally">Notes what there is by other numerics, taken or not.</param>
    public StoredScore? Find(ScoreKey key, NumericsTally tally)
    {
        if (_found.TryGetValue(key, out StoredScore? own) && IsTaken(own))
        {
            return own;
        }

        StoredScore? other = _others[key].FirstOrDefault(IsTaken);
        if (other is not null)
        {
            tally.Note(key.Architecture, other.Key.Scope.Numerics, isTaken: _reuse.AcceptOtherNumerics);
        }

        return _reuse.AcceptOtherNumerics ? other : null;
    }

    private bool IsTaken(StoredScore score) => !_reuse.RetryFailed || score.Score.Kind != ScoreKind.Failed;
}
