namespace RankNas.Training;

/// <summary>Which of two epochs is better.</summary>
internal static class EpochRanking
{
    /// <summary>Tells whether figures are better than those of the best epoch so far. Equal ones are not.</summary>
    public static bool IsBetter(SelectionMetric metric, ClassificationMetrics figures, EpochRecord? best)
    {
        if (best is null)
        {
            return true;
        }

        double gain = metric switch
        {
            SelectionMetric.Accuracy => figures.Accuracy - best.ValidationAccuracy!.Value,
            SelectionMetric.MacroF1 => figures.MacroF1 - best.ValidationMacroF1!.Value,
            _ => 0,
        };
        return gain > 0 || (gain == 0 && figures.Loss < best.ValidationLoss);
    }
}
