using System.Diagnostics;

namespace RankNas.Scoring;

/// <summary>A request on its way to a worker, and back.</summary>
internal sealed class EvaluationJob(EvaluationRequest request, CancellationToken cancellationToken)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long? _unwantedSince;

    public EvaluationRequest Request => request;

    public CancellationToken CancellationToken => cancellationToken;

    public TaskCompletionSource<EvaluationOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets the scores found so far.</summary>
    public Score?[] Scores { get; set; } = new Score?[request.Proxies.Length];

    /// <summary>Gets or sets when a worker took it.</summary>
    public long? Taken { get; set; }

    public void Complete(Score[] scores) => Completion.TrySetResult(
        new EvaluationOutcome([.. scores], Stopwatch.GetElapsedTime(Taken ?? _start).TotalSeconds));

    /// <summary>Tells whether nobody has waited for the answer for so long; it is asked again and again.</summary>
    public bool IsUnwantedFor(TimeSpan grace, CancellationToken closing)
    {
        if (!cancellationToken.IsCancellationRequested && !closing.IsCancellationRequested)
        {
            return false;
        }

        _unwantedSince ??= Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(_unwantedSince.Value) > grace;
    }
}
