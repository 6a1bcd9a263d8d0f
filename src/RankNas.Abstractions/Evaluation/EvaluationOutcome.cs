using System.Collections.Immutable;

namespace RankNas;

/// <summary>The answer to an <see cref="EvaluationRequest"/>.</summary>
/// <param name="Scores">One score for each proxy asked for, in the request's order.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
public sealed record EvaluationOutcome(ImmutableArray<Score> Scores, double Seconds);
