namespace RankNas.Training;

/// <summary>How the learning rate changes after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>It falls along half a cosine to <see cref="TrainingOptions.FinalLearningRate"/> (Loshchilov and Hutter, 2017, equation 5).</summary>
    Cosine,

    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is multiplied by <see cref="TrainingOptions.StepFactor"/> at each of <see cref="TrainingOptions.StepEpochs"/>.</summary>
    Step,
}
