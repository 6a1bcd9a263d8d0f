using RankNas.Files;

namespace RankNas.Scoring;

/// <summary>Refuses requests that an evaluator cannot answer; those of a search in its own process always fit.</summary>
internal static class RequestCheck
{
    /// <summary>Throws where a request is for other settings than the evaluator's.</summary>
    /// <param name="asked">The request's scope.</param>
    /// <param name="own">The evaluator's scope of the same repeat.</param>
    /// <param name="acceptOtherNumerics">Whether the numerics may be others.</param>
    /// <exception cref="ArgumentException">It is; the message names the difference.</exception>
    public static void ThrowIfOfOther(ScoreScope asked, ScoreScope own, bool acceptOtherNumerics)
    {
        ScoreScope compared = acceptOtherNumerics ? asked with { Numerics = own.Numerics } : asked;
        if (compared == own)
        {
            return;
        }

        (string Name, string Own, string Asked)[] parts =
        [
            ("space", own.Space, compared.Space), ("images' shape", own.Shape, compared.Shape), ("images", own.Images, compared.Images),
            ("initializer", own.Initialization, compared.Initialization), ("precision", own.Precision, compared.Precision), ("device", own.Device, compared.Device),
            ("seed", $"{own.Seed}", $"{compared.Seed}"), ("numerics", own.Numerics, compared.Numerics),
        ];
        (string name, string mine, string theirs) = parts.First(part => part.Own != part.Asked);
        string advice = name == "numerics" ? "use machines of one kind, or call AcceptOtherNumerics()" : "build it by the same settings as the search";
        throw new ArgumentException(
            $"The request's {name} is '{ShownText.Of(theirs)}', and this evaluator's is '{ShownText.Of(mine)}': {advice}.", nameof(asked));
    }
}
