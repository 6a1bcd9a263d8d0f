namespace RankNas.Fitting;

/// <summary>A class and how probable a model takes it to be.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Probability">The probability by the softmax of the logits, from 0 to 1. It is not calibrated.</param>
public readonly record struct ClassProbability(string Name, double Probability);
