namespace RankNas.Scoring;

/// <summary>Answers evaluation requests: by networks built in this process, or by asking someone else.</summary>
public interface IArchitectureEvaluator : IAsyncDisposable
{
    /// <summary>Gets how many requests are worth having under way at once.</summary>
    int Parallelism { get; }

    /// <summary>Scores one architecture. What goes wrong with it is a failed score, not an exception.</summary>
    /// <remarks>Any other exception, null, or another number of scores than there are proxies ends the search with a
    /// <see cref="SearchComponentException"/>.</remarks>
    /// <returns>One score for each proxy asked for.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the architecture was scored.</exception>
    Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default);
}
