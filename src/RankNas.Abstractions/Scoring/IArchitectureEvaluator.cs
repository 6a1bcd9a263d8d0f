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

    /// <summary>Learns that the scores of a request are in the search's store: an evaluator that holds on to its answers until then can let go of this one.</summary>
    /// <remarks>Called after <see cref="EvaluateAsync"/>, unless the search was cancelled before the scores were stored. Does nothing by default.</remarks>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask KeptAsync(EvaluationRequest request, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
