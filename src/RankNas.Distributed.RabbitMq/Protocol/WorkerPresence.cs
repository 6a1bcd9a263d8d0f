namespace RankNas.Distributed.Protocol;

/// <summary>A worker tells of itself.</summary>
/// <param name="Protocol">The version of the messages.</param>
/// <param name="Version">Its version of RankNas.</param>
/// <param name="Worker">Its name.</param>
/// <param name="Machine">Its machine's name.</param>
/// <param name="Numerics">What it computes by.</param>
/// <param name="Threads">How many architectures it scores at once.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Architectures">How many architectures it has scored.</param>
/// <param name="LastMinute">How many of them in the last minute.</param>
/// <param name="Failures">How many of them have a failed score.</param>
/// <param name="Searches">What it does for searches.</param>
/// <param name="IsLeaving">Whether it is about to leave.</param>
internal sealed record WorkerPresence(
    int Protocol,
    string Version,
    string Worker,
    string Machine,
    string Numerics,
    int Threads,
    DateTimeOffset StartedAt,
    long Architectures,
    int LastMinute,
    long Failures,
    ImmutableArray<SearchService> Searches,
    bool IsLeaving);

/// <summary>What a worker does for a search.</summary>
/// <param name="Search">The search's key.</param>
/// <param name="State">Whether it scores for it.</param>
/// <param name="Reason">Why it does not.</param>
/// <param name="InHand">How many units it has in hand.</param>
internal sealed record SearchService(string Search, ServiceState State, string? Reason, int InHand);

/// <summary>Whether a worker scores for a search.</summary>
internal enum ServiceState
{
    /// <summary>It fetches images and gets ready.</summary>
    Preparing,

    /// <summary>It does.</summary>
    Serving,

    /// <summary>It cannot.</summary>
    Refused,
}
