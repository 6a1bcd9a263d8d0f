namespace RankNas.Distributed.Searching;

/// <summary>How many requests travel together, from how long they take.</summary>
internal sealed class UnitSize(TimeSpan unitTime)
{
    private const double Weight = 0.05;
    private const double LeastSeconds = 1e-6;

    private readonly Lock _gate = new();
    private double? _seconds;

    /// <summary>Notes how long a request took.</summary>
    public void Note(double seconds)
    {
        lock (_gate)
        {
            _seconds = _seconds is { } mean ? mean + (Weight * (seconds - mean)) : seconds;
        }
    }

    /// <summary>Gets how many requests the next unit has at most.</summary>
    /// <param name="waiting">How many wait for their answers.</param>
    /// <param name="threads">How many threads there are to answer them.</param>
    public int Next(int waiting, int threads)
    {
        lock (_gate)
        {
            // Until the first answer nobody knows; and every thread should have its share of what there is.
            double most = _seconds is { } mean ? unitTime.TotalSeconds / Math.Max(mean, LeastSeconds) : 1;
            return (int)Math.Clamp(Math.Min(most, waiting / (2.0 * Math.Max(threads, 1))), 1, Wire.MostItems);
        }
    }
}
