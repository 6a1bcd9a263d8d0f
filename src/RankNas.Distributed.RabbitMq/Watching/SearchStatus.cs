namespace RankNas.Distributed.Watching;

/// <summary>A search as it is at a moment.</summary>
/// <param name="Search">Its key.</param>
/// <param name="Version">Its version of RankNas.</param>
/// <param name="Space">Its space.</param>
/// <param name="Numerics">What its workers have to compute by.</param>
/// <param name="UnitsWaiting">How many units wait for a worker.</param>
/// <param name="RepliesWaiting">How many replies wait for the search.</param>
public sealed record SearchStatus(string Search, string Version, string Space, string Numerics, long UnitsWaiting, long RepliesWaiting);
