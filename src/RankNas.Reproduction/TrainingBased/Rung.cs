namespace RankNas.Reproduction.TrainingBased;

/// <summary>A rung of successive halving.</summary>
/// <param name="Architectures">How many architectures are trained; the best of the rung before.</param>
/// <param name="Epochs">For how many epochs.</param>
internal readonly record struct Rung(int Architectures, int Epochs);
