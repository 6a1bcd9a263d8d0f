namespace RankNas.Diagnostics;

/// <summary>Tells when to log how far a search has come: after each tenth of its budget, but not twice within thirty seconds.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ProgressSteps
{
    private const int Steps = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private int _step;
    private TimeSpan _last;

    public bool IsDue(int evaluations, int budget, TimeSpan elapsed)
    {
        int step = (int)((long)evaluations * Steps / budget);
        if (step <= _step || elapsed - _last < Pause)
        {
            return false;
        }

        (_step, _last) = (step, elapsed);
        return true;
    }
}
