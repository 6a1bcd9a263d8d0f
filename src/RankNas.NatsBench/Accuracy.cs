namespace RankNas.NatsBench;

/// <summary>How well a trained architecture does on a data set.</summary>
/// <param name="Validation">The accuracy on the validation set, in percent; null where it is not known.</param>
/// <param name="Test">The accuracy on the test set, in percent; null where it is not known.</param>
public sealed record Accuracy(double? Validation, double? Test);
