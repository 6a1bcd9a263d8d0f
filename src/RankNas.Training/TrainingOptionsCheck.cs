namespace RankNas.Training;

/// <summary>Says what is wrong with options, in one sentence.</summary>
internal static class TrainingOptionsCheck
{
    public static void Check(TrainingOptions options, LabelledImages training, LabelledImages? validation)
    {
        Require(options.Epochs >= 1, $"Epochs is {options.Epochs}: it must be at least 1.");
        Require(options.BatchSize >= 2, $"BatchSize is {options.BatchSize}: it must be at least 2, as BatchNorm needs two images.");
        Require(options.HighestRate > 0 && double.IsFinite(options.HighestRate), $"LearningRate is {options.HighestRate}: it must be greater than 0.");
        Require(IsShare(options.Momentum), $"Momentum is {options.Momentum}: it must be from 0 to below 1.");
        Require(!options.Nesterov || options.Momentum > 0 || options.Optimizer != OptimizerKind.Sgd, $"Nesterov needs a momentum above 0: set Momentum, or Nesterov to false.");
        Require(IsShare(options.Beta1), $"Beta1 is {options.Beta1}: it must be from 0 to below 1.");
        Require(IsShare(options.Beta2), $"Beta2 is {options.Beta2}: it must be from 0 to below 1.");
        Require(options.Epsilon > 0 && double.IsFinite(options.Epsilon), $"Epsilon is {options.Epsilon}: it must be greater than 0.");
        Require(options.Decay >= 0 && double.IsFinite(options.Decay), $"WeightDecay is {options.Decay}: it must be at least 0.");
        Require(Enum.IsDefined(options.Optimizer) && Enum.IsDefined(options.Schedule) && Enum.IsDefined(options.ClassWeighting) && Enum.IsDefined(options.SelectBy), $"An option has a value that its type does not name: use the names.");
        CheckSchedule(options);
        Require(IsShare(options.LabelSmoothing), $"LabelSmoothing is {options.LabelSmoothing}: it must be from 0 to below 1.");
        Require(options.MaxGradientNorm is null or (> 0 and < double.PositiveInfinity), $"MaxGradientNorm is {options.MaxGradientNorm}: it must be greater than 0, or null.");
        Require(options.AverageDecay is null or (> 0 and < 1), $"AverageDecay is {options.AverageDecay}: it must be between 0 and 1, or null.");
        Require(options.Patience is null or >= 1, $"Patience is {options.Patience}: it must be at least 1, or null.");
        Require(options.Patience is null || validation is not null, $"Patience needs validation images: give some, or set it to null.");
        Require(options.MaxDuration is null || options.MaxDuration > TimeSpan.Zero, $"MaxDuration is {options.MaxDuration}: it must be greater than 0, or null.");
        Require(options.CheckpointInterval is null || options.CheckpointInterval > TimeSpan.Zero, $"CheckpointInterval is {options.CheckpointInterval}: it must be greater than 0, or null.");
        Require(options.Device is not null, $"Device is null: name the CPU or a GPU.");
        Require(options.CheckpointFile is null || !string.IsNullOrWhiteSpace(options.CheckpointFile), $"CheckpointFile is blank: name a file, or set it to null.");
        CheckClassWeights(options, training.Shape.Classes);
        Require(options.Augmentation is not null, $"Augmentation is null: use AugmentationOptions.None for none.");
        CheckAugmentation(options.Augmentation!, training.Shape);
        Require(training.Count >= 2, $"There is one training image ({training.Description}): give two or more.");
        Require(
            validation is null || validation.Shape == training.Shape,
            $"The training images are {training.Shape.InputText} in {training.Shape.Classes} classes, and the validation images {validation?.Shape.InputText} in {validation?.Shape.Classes}: they must be alike.");
        Require(
            validation is null || validation.Normalization == training.Normalization,
            $"The validation images are normalised otherwise than the training images: use validation.WithNormalization(training.Normalization).");
        if (options.Device!.WhyMissing() is { } missing)
        {
            throw new ArgumentException($"The device {missing}.", nameof(options));
        }
    }

    private static void CheckSchedule(TrainingOptions options)
    {
        Require(
            options.WarmupEpochs >= 0 && options.WarmupEpochs < options.Epochs,
            $"WarmupEpochs is {options.WarmupEpochs}: with {options.Epochs} epochs it must be at least 0 and less than {options.Epochs}.");
        Require(options.FinalLearningRate is >= 0 and <= 1, $"FinalLearningRate is {options.FinalLearningRate}: it is a share of LearningRate, from 0 to 1.");
        Require(options.StepFactor is > 0 and <= 1, $"StepFactor is {options.StepFactor}: it must be greater than 0, and at most 1.");
        Require(!options.StepEpochs.IsDefault && options.StepEpochs.All(epoch => epoch >= 1), $"StepEpochs must be a list of epochs that are each at least 1.");
        Require(options.StepEpochs.Zip(options.StepEpochs.Skip(1)).All(pair => pair.First < pair.Second), $"StepEpochs is not ascending: sort it, and name each epoch once.");
        Require(options.Schedule != ScheduleKind.Step || !options.StepEpochs.IsEmpty, $"The step schedule has no StepEpochs: name one or more, or choose another schedule.");
    }

    private static void CheckClassWeights(TrainingOptions options, int classes)
    {
        Require(!options.ClassWeights.IsDefault, $"ClassWeights must be a list.");
        if (options.ClassWeighting != ClassWeighting.Given)
        {
            Require(options.ClassWeights.IsEmpty, $"ClassWeights are used only with ClassWeighting.Given: set it, or leave them out.");
            return;
        }

        Require(options.ClassWeights.Length == classes, $"There are {options.ClassWeights.Length} ClassWeights: give one for each of the {classes} classes.");
        Require(
            options.ClassWeights.All(weight => weight >= 0 && double.IsFinite(weight)) && options.ClassWeights.Any(weight => weight > 0),
            $"ClassWeights must be finite, at least 0, and not all 0.");
    }

    private static void CheckAugmentation(AugmentationOptions options, NetworkShape shape)
    {
        int side = Math.Min(shape.Height, shape.Width);
        Require(
            options.CropPadding is null || (options.CropPadding >= 0 && options.CropPadding < side),
            $"CropPadding is {options.CropPadding}: for images of {shape.InputText} it must be from 0 to {side - 1}.");
        Require(IsProbability(options.Brightness), $"Brightness is {options.Brightness}: it must be from 0 to 1.");
        Require(IsProbability(options.Contrast), $"Contrast is {options.Contrast}: it must be from 0 to 1.");
        Require(IsProbability(options.Saturation), $"Saturation is {options.Saturation}: it must be from 0 to 1.");
        Require(options.RandAugmentOperations is >= 0 and <= 16, $"RandAugmentOperations is {options.RandAugmentOperations}: it must be from 0 to 16.");
        Require(options.RandAugmentMagnitude is >= 0 and <= 30, $"RandAugmentMagnitude is {options.RandAugmentMagnitude}: it must be from 0 to 30.");
        Require(IsProbability(options.ErasingProbability), $"ErasingProbability is {options.ErasingProbability}: it must be from 0 to 1.");
        Require(IsProbability(options.MixupProbability), $"MixupProbability is {options.MixupProbability}: it must be from 0 to 1.");
        Require(IsProbability(options.CutMixProbability), $"CutMixProbability is {options.CutMixProbability}: it must be from 0 to 1.");
        Require(
            options.MixupProbability + options.CutMixProbability <= 1,
            $"MixupProbability and CutMixProbability are {options.MixupProbability} and {options.CutMixProbability}: together they must be at most 1, as each image is mixed once.");
        Require(options.MixupAlpha > 0 && double.IsFinite(options.MixupAlpha), $"MixupAlpha is {options.MixupAlpha}: it must be greater than 0.");
        Require(options.CutMixAlpha > 0 && double.IsFinite(options.CutMixAlpha), $"CutMixAlpha is {options.CutMixAlpha}: it must be greater than 0.");
    }

    private static bool IsShare(double value) => value is >= 0 and < 1;

    private static bool IsProbability(double value) => value is >= 0 and <= 1;

    private static void Require(bool isRight, FormattableString message)
    {
        if (!isRight)
        {
            throw new ArgumentException(message.ToString(CultureInfo.InvariantCulture));
        }
    }
}
