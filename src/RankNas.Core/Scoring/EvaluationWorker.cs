using System.Diagnostics;
using RankNas.Torch;

namespace RankNas.Scoring;

/// <summary>A thread that answers requests, as others see it: what it has at hand, and whether it was given up.</summary>
internal sealed class EvaluationWorker(ComputeDevice device)
{
    private readonly Lock _gate = new();
    private volatile bool _isGivenUp;
    private EvaluationJob? _job;
    private ScoringAttempt? _attempt;

    /// <summary>Gets the device that its networks run on.</summary>
    public ComputeDevice Device => device;

    public Thread? Thread { get; set; }

    public bool IsGivenUp
    {
        get => _isGivenUp;
        set => _isGivenUp = value;
    }

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public (EvaluationJob? Job, ScoringAttempt? Attempt) AtHand
    {
        get
        {
            lock (_gate)
            {
                return (_job, _attempt);
            }
        }
    }

    public void Take(EvaluationJob? job)
    {
        lock (_gate)
        {
            (_job, _attempt) = (job, null);
            if (job is not null)
            {
                job.Taken ??= Stopwatch.GetTimestamp();
            }
        }
    }

    public ScoringAttempt Attempt(EvaluationJob job)
    {
        lock (_gate)
        {
            return _attempt = new ScoringAttempt(job.Scores);
        }
    }
}
