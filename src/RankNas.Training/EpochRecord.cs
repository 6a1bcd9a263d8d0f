namespace RankNas.Training;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">Which, from 0.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Loss">The mean loss while training, as it is minimised: with label smoothing, mixing and class weights.</param>
/// <param name="Accuracy">The share of images that were right while they were trained on, augmented; of a mixed image, the class of its larger part counts.</param>
/// <param name="ValidationLoss">The mean cross-entropy of the validation images; null without any.</param>
/// <param name="ValidationAccuracy">The share of validation images that are right; null without any.</param>
/// <param name="ValidationTopFive">The share of validation images whose class is among the five likeliest; null without any.</param>
/// <param name="ValidationMacroF1">The macro F1 of the validation images; null without any.</param>
/// <param name="IsBest">Whether it is better than all before it.</param>
/// <param name="Seconds">How long it took, validation included.</param>
public sealed record EpochRecord(
    int Epoch, double LearningRate, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double? ValidationTopFive,
    double? ValidationMacroF1, bool IsBest, double Seconds);
