namespace RankNas.Scoring;

/// <summary>Answers evaluation requests, in this process or elsewhere.</summary>
public interface IArchitectureEvaluator : IAsyncDisposable
{
    /// <summary>Gets the number of requests that it can work on concurrently.</summary>
    int Parallelism { get; }

    /// <summary>Scores one architecture. An error of the architecture is a failed score, not an exception.</summary>
    /// <remarks>Any other exception, null, or another number of scores than there are proxies ends the search with a
    /// <see cref="SearchComponentException"/>.</remarks>
    /// <returns>One score for each proxy asked for.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the architecture was scored.</exception>
    Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default);
}
