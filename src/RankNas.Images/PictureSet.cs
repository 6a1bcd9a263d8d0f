namespace RankNas.Images;

/// <summary>Pictures that were loaded, and the report of what was found.</summary>
public sealed record PictureSet
{
    internal PictureSet(LabelledImages images, LabelledSplits? parts, PictureReport report, bool isMeasured) =>
        (Images, Parts, Report, IsMeasured) = (images, parts, report, isMeasured);

    /// <summary>Gets the pictures; where the folder is divided into <c>train</c>, <c>val</c> and <c>test</c>, those of <c>train</c>.</summary>
    public LabelledImages Images { get; }

    /// <summary>Gets the parts that the folder is divided into by folders <c>train</c>, <c>val</c> and <c>test</c>; null where it is not.</summary>
    public LabelledSplits? Parts { get; }

    /// <summary>Gets what was found.</summary>
    public PictureReport Report { get; }

    /// <summary>Gets whether the normalisation was measured, and not given.</summary>
    internal bool IsMeasured { get; }

    /// <summary>Gets images for training, validation and test: the parts that the folder has, and the others split off the training pictures by a seed.</summary>
    /// <remarks>A measured normalisation is measured again, on what is left for training.</remarks>
    /// <param name="validationShare">The share of each class for validation, where there is no folder <c>val</c>; 0 for none.</param>
    /// <param name="testShare">The share of each class for the test, where there is no folder <c>test</c>; 0 for none.</param>
    /// <param name="seed">The seed; the split is the same on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">No class has enough pictures.</exception>
    public LabelledSplits Split(double validationShare = 0.2, double testShare = 0, long seed = 0)
    {
        LabelledSplits rest = LabelledSplits.Of(Images, Parts?.Validation is null ? validationShare : 0, Parts?.Test is null ? testShare : 0, seed);
        LabelledImages training = rest.Training.Count == Images.Count ? Images : rest.Training;
        var splits = new LabelledSplits(training, Parts?.Validation ?? rest.Validation, Parts?.Test ?? rest.Test);
        return IsMeasured && training != Images ? splits.WithMeasuredNormalization() : splits;
    }
}
