namespace RankNas.Training;

/// <summary>By which figure of the validation images the best epoch is chosen.</summary>
public enum SelectionMetric
{
    /// <summary>The highest accuracy; of equal ones, the lowest loss.</summary>
    Accuracy,

    /// <summary>The highest macro-averaged F1; of equal ones, the lowest loss. For classes of different sizes.</summary>
    MacroF1,

    /// <summary>The lowest loss.</summary>
    Loss,
}
