namespace RankNas.Training.Optimizers;

/// <summary>The learning rate at every step.</summary>
internal static class LearningRates
{
    /// <summary>Computes the rate.</summary>
    /// <param name="options">The options.</param>
    /// <param name="position">Where training stands, in epochs: 2.5 is in the middle of the third.</param>
    /// <param name="epochStep">How much of an epoch a step is, so that the first step of a warm-up does something.</param>
    /// <param name="epochs">How many epochs there will be.</param>
    public static double At(TrainingOptions options, double position, double epochStep, int epochs)
    {
        // With fewer epochs than planned, the warm-up is shortened in proportion.
        double warmup = options.WarmupEpochs * epochs / options.Epochs;
        if (position < warmup)
        {
            return options.HighestRate * Math.Min(1, (position + epochStep) / warmup);
        }

        return options.HighestRate * options.Schedule switch
        {
            ScheduleKind.Cosine => Cosine(options.FinalLearningRate, (position - warmup) / (epochs - warmup)),
            ScheduleKind.Step => Math.Pow(options.StepFactor, options.StepEpochs.Count(epoch => (double)epoch * epochs / options.Epochs <= position)),
            _ => 1,
        };
    }

    private static double Cosine(double last, double part) => last + (1 - last) * (1 + Math.Cos(Math.PI * part)) / 2;
}
