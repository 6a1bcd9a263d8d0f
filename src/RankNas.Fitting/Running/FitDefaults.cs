
namespace RankNas.Fitting.Running;

/// <summary>What options leave open, chosen by the pictures.</summary>
internal static class FitDefaults
{
    // The NATS networks work on the whole picture in a third of their layers: larger ones are for a space that reduces them at once.
    private const int LargestForCells = 48;

    private const int PicturesSeen = 64_000;
    private const int LeastEpochs = 30;
    private const int MostEpochs = 300;
    private const int BriefShare = 5;

    /// <summary>Chooses the space.</summary>
    public static ISearchSpace SpaceFor(FitOptions options, NetworkShape shape) =>
        options.Space ?? (Math.Max(shape.Height, shape.Width) <= LargestForCells ? new NatsTopologySpace() : new MobileNetSpace());

    /// <summary>Chooses how often the last training goes through the pictures.</summary>
    public static int EpochsFor(FitOptions options, int pictures) => options.Epochs ?? Math.Clamp(PicturesSeen / pictures, LeastEpochs, MostEpochs);

    /// <summary>Chooses the same for a brief training.</summary>
    public static int BriefEpochsFor(FitOptions options, int pictures) => Math.Max(1, EpochsFor(options, pictures) / BriefShare);

    /// <summary>Chooses the training of so many epochs.</summary>
    public static TrainingOptions TrainingFor(FitOptions options, int pictures, int epochs)
    {
        TrainingOptions training = options.Training ?? new TrainingOptions
        {
            BatchSize = Math.Clamp(pictures / 10, 16, 64),
            LearningRate = 0.05,
            WarmupEpochs = Math.Min(5, epochs / 10.0),
            DecayNormalizationAndBias = false,
            LabelSmoothing = 0.1,
            MaxGradientNorm = 5,

            // Of a few pictures, the loss tells more than the share that is right.
            SelectBy = SelectionMetric.Loss,
            Augmentation = new AugmentationOptions { Brightness = 0.2, Contrast = 0.2, Saturation = 0.2 },
        };
        return training with
        {
            Epochs = epochs,
            WarmupEpochs = Math.Min(training.WarmupEpochs, epochs / 2.0),
            Seed = options.Seed,
            Device = options.Device,
            CheckpointFile = null,
            MaxDuration = null,
        };
    }
}
