using System.Collections.Immutable;

namespace RankNas;

/// <summary>What to score, in plain text and numbers, so that another process or machine could answer it.</summary>
/// <param name="Scope">Space, images, initialisation, precision, device, seed and repeat.</param>
/// <param name="Architecture">The architecture's text.</param>
/// <param name="Proxies">The proxies to score by.</param>
public sealed record EvaluationRequest(ScoreScope Scope, string Architecture, ImmutableArray<ProxyDescriptor> Proxies);
