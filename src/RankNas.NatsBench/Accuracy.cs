namespace RankNas.NatsBench;

/// <summary>The accuracy of a trained architecture on a data set.</summary>
/// <param name="Validation">The accuracy on the validation set, in percent; null if unknown.</param>
/// <param name="Test">The accuracy on the test set, in percent; null if unknown.</param>
public sealed record Accuracy(double? Validation, double? Test);
