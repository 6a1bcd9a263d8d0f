namespace RankNas.Training;

/// <summary>How well a network classifies images.</summary>
/// <remarks>Shares are from 0 to 1. Macro averages are over the classes that have images or were predicted, as in scikit-learn, with 0 where a share is of nothing.</remarks>
public sealed record ClassificationMetrics
{
    internal ClassificationMetrics(IReadOnlyList<string> names, IReadOnlyList<int[]> confusion, int rightInFive, double lossSum)
    {
        ConfusionMatrix = [.. confusion.Select(row => (ImmutableArray<int>)[.. row])];
        Classes = [.. names.Select((name, label) => new ClassMetrics(name, confusion[label].Sum(), confusion.Sum(row => row[label]), confusion[label][label]))];
        Images = Classes.Sum(metrics => metrics.Images);
        Loss = lossSum / Images;
        Accuracy = (double)Classes.Sum(metrics => metrics.Right) / Images;
        TopFiveAccuracy = (double)rightInFive / Images;
        MacroF1 = Classes.Where(metrics => metrics.Images + metrics.Predicted > 0).Average(metrics => metrics.F1);
        BalancedAccuracy = Classes.Where(metrics => metrics.Images > 0).Average(metrics => metrics.Recall);
    }

    /// <summary>Gets how many images there were.</summary>
    public int Images { get; }

    /// <summary>Gets the mean cross-entropy, in nats, without label smoothing and class weights.</summary>
    public double Loss { get; }

    /// <summary>Gets the share of images that were classified right.</summary>
    public double Accuracy { get; }

    /// <summary>Gets the share of images whose class is among the five with the highest logits; 1 with five classes or fewer.</summary>
    public double TopFiveAccuracy { get; }

    /// <summary>Gets the mean of the classes' F1.</summary>
    public double MacroF1 { get; }

    /// <summary>Gets the mean of the classes' recall, over the classes that have images.</summary>
    public double BalancedAccuracy { get; }

    /// <summary>Gets the figures of each class, in the order of the labels.</summary>
    public ImmutableArray<ClassMetrics> Classes { get; }

    /// <summary>Gets how many images of each class (row) were taken for each class (column).</summary>
    public ImmutableArray<ImmutableArray<int>> ConfusionMatrix { get; }

    /// <summary>Describes the figures: totals, a table of the classes, and the most frequent confusions.</summary>
    public string ToText() => MetricsText.Of(this);
}
