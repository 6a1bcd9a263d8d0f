namespace RankNas.Scoring;

/// <summary>Which stored scores a search takes.</summary>
/// <param name="AcceptOtherNumerics">Whether those too that were computed by other numerics than this process's.</param>
/// <param name="RetryFailed">Whether failed ones are computed again.</param>
internal sealed record ScoreReuse(bool AcceptOtherNumerics, bool RetryFailed);
