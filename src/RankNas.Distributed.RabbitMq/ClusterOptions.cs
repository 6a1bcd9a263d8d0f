namespace RankNas.Distributed;

/// <summary>How a search works with its workers.</summary>
public sealed record ClusterOptions
{
    /// <summary>Gets how many requests a search keeps on the way at once.</summary>
    /// <value>The default is 1,024; from 1 to 4,096. More than a few for each worker thread gain nothing.</value>
    public int MostOnTheWay { get; init; } = 1024;

    /// <summary>Gets for how long a unit should keep one thread: requests that take less travel together.</summary>
    /// <value>The default is half a second.</value>
    public TimeSpan UnitTime { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Gets how long a search waits for another worker, once all that are there have refused it.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan RefusalPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets what workers have to compute by, as <c>ranknas cluster status</c> shows it; null for what this process would compute by.</summary>
    /// <value>The default is null: the ranking is that of this machine alone.</value>
    public string? Numerics { get; init; }

    /// <summary>Gets who is told, in a sentence, of what a person should know: no worker yet, a worker that was refused.</summary>
    /// <value>The default is null: it is logged alone.</value>
    public Action<string>? Notify { get; init; }

    internal TimeSpan AnnouncePeriod { get; init; } = TimeSpan.FromSeconds(5);

    internal TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(60);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MostOnTheWay, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MostOnTheWay, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(UnitTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RefusalPatience, TimeSpan.Zero);
    }
}
