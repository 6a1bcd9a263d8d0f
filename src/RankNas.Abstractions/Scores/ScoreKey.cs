namespace RankNas.Scores;

/// <summary>The key of a stored score. Any changed setting changes the key.</summary>
/// <param name="Scope">Space, images, initialisation, precision, device, seed, repeat and numerics.</param>
/// <param name="Architecture">The architecture's text.</param>
/// <param name="Proxy">The proxy's id.</param>
/// <param name="Settings">The proxy's settings, in canonical text.</param>
public sealed record ScoreKey(ScoreScope Scope, string Architecture, string Proxy, string Settings);
