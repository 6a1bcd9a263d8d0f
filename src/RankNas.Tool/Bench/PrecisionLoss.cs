namespace RankNas.Tool.Bench;

/// <summary>How well a proxy's bfloat16 scores keep the order of its float32 scores.</summary>
/// <param name="Spearman">ρ between the two; null where there is none.</param>
/// <param name="NotFinite">How many architectures are left out, because either score is infinite or failed.</param>
internal sealed record PrecisionLoss(double? Spearman, int NotFinite);
