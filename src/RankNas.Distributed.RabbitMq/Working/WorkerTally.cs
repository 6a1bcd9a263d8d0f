namespace RankNas.Distributed.Working;

/// <summary>What a worker has done, so far and in the last minute.</summary>
internal sealed class WorkerTally
{
    private const int Seconds = 60;

    private readonly Lock _gate = new();
    private readonly (long Second, int Count)[] _recent = new (long, int)[Seconds];
    private long _architectures;
    private long _failures;

    public long Architectures => Interlocked.Read(ref _architectures);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Gets how many architectures were scored in the last minute.</summary>
    public int LastMinute
    {
        get
        {
            lock (_gate)
            {
                return _recent.Where(bucket => bucket.Second > Now - Seconds).Sum(bucket => bucket.Count);
            }
        }
    }

    private static long Now => Environment.TickCount64 / 1000;

    public void Note(EvaluationOutcome outcome)
    {
        Interlocked.Increment(ref _architectures);
        if (outcome.Scores.Any(score => score.Kind == ScoreKind.Failed))
        {
            Interlocked.Increment(ref _failures);
        }

        lock (_gate)
        {
            long now = Now;
            ref (long Second, int Count) bucket = ref _recent[now % Seconds];
            bucket = (now, bucket.Second == now ? bucket.Count + 1 : 1);
        }
    }
}
