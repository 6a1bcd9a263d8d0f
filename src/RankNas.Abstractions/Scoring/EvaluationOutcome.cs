using System.Text.Json;
using RankNas.Files;
using RankNas.Scores;

namespace RankNas.Scoring;

/// <summary>The answer to an <see cref="EvaluationRequest"/>.</summary>
/// <param name="Scores">One score for each proxy asked for, in the request's order.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
public sealed record EvaluationOutcome(ImmutableArray<Score> Scores, double Seconds)
{
    /// <summary>Gets the numerics of the scores, under which they are stored; null means those of the request.</summary>
    public string? Numerics { get; init; }

    /// <summary>Writes the outcome as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.EvaluationOutcome);

    /// <summary>Reads an outcome that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is not an outcome; the message says why.</exception>
    public static EvaluationOutcome FromJson(string json) =>
        JsonText.Read(json, EvaluationJson.Default.EvaluationOutcome, "an evaluation outcome", outcome =>
        {
            if (outcome.Scores.IsDefault || !double.IsFinite(outcome.Seconds) || outcome.Seconds < 0)
            {
                throw new FormatException("it has no scores, or no seconds from 0");
            }
        });

    /// <summary>Tells whether the other has the same scores, seconds and numerics.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(EvaluationOutcome? other) => other is not null
        && Seconds.Equals(other.Seconds) && Numerics == other.Numerics && Scores.AsSpan().SequenceEqual(other.Scores.AsSpan());

    /// <summary>Hashes the seconds and the numerics.</summary>
    public override int GetHashCode() => HashCode.Combine(Seconds, Numerics);
}
