namespace RankNas.Images;

/// <summary>Images for training, for choosing and for the final measurement, with the same classes and the normalisation of the training images.</summary>
public sealed record LabelledSplits
{
    /// <summary>Initializes the parts.</summary>
    /// <param name="training">What a network is trained on.</param>
    /// <param name="validation">What it is chosen by; null where there are none.</param>
    /// <param name="test">What it is measured on in the end; null where there are none.</param>
    /// <exception cref="ArgumentException">A part differs in shape, class names or normalisation from the training images.</exception>
    public LabelledSplits(LabelledImages training, LabelledImages? validation = null, LabelledImages? test = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        Training = training;
        Validation = Checked(training, validation, nameof(validation));
        Test = Checked(training, test, nameof(test));
    }

    /// <summary>Gets what a network is trained on.</summary>
    public LabelledImages Training { get; }

    /// <summary>Gets what a network is chosen by; null where there are none.</summary>
    public LabelledImages? Validation { get; }

    /// <summary>Gets what a network is measured on in the end; null where there are none.</summary>
    public LabelledImages? Test { get; }

    /// <summary>Splits images by a seed, each class by the same shares.</summary>
    /// <remarks>The normalisation of the images stays: <see cref="WithMeasuredNormalization"/> measures that of the training images.</remarks>
    /// <param name="images">The images.</param>
    /// <param name="validationShare">The share of each class for validation, at least 0 and less than 1; 0 for none.</param>
    /// <param name="testShare">The share of each class for the test, at least 0; 0 for none. Both shares together are less than 1.</param>
    /// <param name="seed">The seed; the split is the same on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    /// <exception cref="InvalidOperationException">No class has enough images.</exception>
    public static LabelledSplits Of(LabelledImages images, double validationShare = 0.2, double testShare = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        CheckShare(validationShare, nameof(validationShare));
        CheckShare(testShare, nameof(testShare));
        if (validationShare + testShare >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "The shares for validation and test together are less than 1.");
        }

        (LabelledImages rest, LabelledImages? test) = testShare > 0 ? images.Split(testShare, seed) : (images, null);

        // Of what the test left, so that the share is one of all images.
        (LabelledImages training, LabelledImages? validation) = validationShare > 0 ? rest.Split(validationShare / (1 - testShare), seed) : (rest, null);
        return new LabelledSplits(
            training.WithDescription($"training: {training.Count.ToString("N0", CultureInfo.InvariantCulture)} of {images.Description}"),
            validation?.WithDescription($"validation: {validation.Count.ToString("N0", CultureInfo.InvariantCulture)} of {images.Description}"),
            test?.WithDescription($"test: {test.Count.ToString("N0", CultureInfo.InvariantCulture)} of {images.Description}"));
    }

    /// <summary>Normalises all parts as the training images alone say.</summary>
    public LabelledSplits WithMeasuredNormalization()
    {
        ImageNormalization measured = Training.MeasureNormalization();
        return new LabelledSplits(Training.WithNormalization(measured), Validation?.WithNormalization(measured), Test?.WithNormalization(measured));
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "A share is at least 0 and less than 1.");
        }
    }

    private static LabelledImages? Checked(LabelledImages training, LabelledImages? part, string name) =>
        part is null ? null
        : part.Shape != training.Shape ? throw new ArgumentException($"They are {part.Shape.InputText} in {part.Shape.Classes} classes, and the training images are {training.Shape.InputText} in {training.Shape.Classes}.", name)
        : !part.ClassNames.SequenceEqual(training.ClassNames) ? throw new ArgumentException("Their classes have other names than those of the training images.", name)
        : part.Normalization != training.Normalization ? throw new ArgumentException("They are normalised otherwise than the training images: use WithNormalization(training.Normalization).", name)
        : part;
}
