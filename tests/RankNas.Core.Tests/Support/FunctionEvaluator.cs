using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Core.Tests.Support;

/// <summary>An evaluator made of a function.</summary>
internal sealed class FunctionEvaluator(Func<EvaluationRequest, CancellationToken, Task<EvaluationOutcome>?> evaluate) : IArchitectureEvaluator
{
    public int Parallelism { get; init; } = 1;

    public Action? OnDispose { get; init; }

    public static FunctionEvaluator Constant(double score = 1) => new((request, _) =>
        Task.FromResult(new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Of(score))], 0.5)));

    public Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default) =>
        evaluate(request, cancellationToken)!;

    public ValueTask DisposeAsync()
    {
        OnDispose?.Invoke();
        return ValueTask.CompletedTask;
    }
}
