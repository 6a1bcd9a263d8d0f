using System.Globalization;
using System.Text.Json.Serialization;

namespace RankNas.Scores;

/// <summary>One proxy's score of one network: finite, infinite or failed.</summary>
[JsonConverter(typeof(ScoreJsonConverter))]
public readonly record struct Score
{
    private Score(double value, string? failure, bool isTransient = false)
    {
        Value = value;
        Failure = failure;
        IsTransient = isTransient;
    }

    /// <summary>Gets the number; NaN where the score failed.</summary>
    public double Value { get; }

    /// <summary>Gets why there is no number; null unless the score failed.</summary>
    public string? Failure { get; }

    /// <summary>Gets whether the failure does not depend on the architecture: memory or time ran out. Such a score is not stored, so that another run
    /// computes it again.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets which of the three it is.</summary>
    public ScoreKind Kind => Failure is not null ? ScoreKind.Failed : double.IsInfinity(Value) ? ScoreKind.Infinite : ScoreKind.Finite;

    /// <summary>Creates a score from a number; NaN is a failure, and −0 becomes 0, so that every store returns the same value.</summary>
    public static Score Of(double value) => double.IsNaN(value) ? Failed("The proxy returned NaN.") : new Score(value == 0 ? 0 : value, null);

    /// <summary>Creates a failed score.</summary>
    /// <param name="reason">Why, in one sentence for people.</param>
    /// <param name="isTransient">See <see cref="IsTransient"/>.</param>
    public static Score Failed(string reason, bool isTransient = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new Score(double.NaN, reason, isTransient);
    }

    /// <summary>Returns the number, or the word <c>failed</c>.</summary>
    public override string ToString() => Failure is null ? Value.ToString("R", CultureInfo.InvariantCulture) : "failed";
}
