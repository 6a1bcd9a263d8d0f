namespace RankNas.Training;

/// <summary>What the loss multiplies images of each class by.</summary>
public enum ClassWeighting
{
    /// <summary>All classes count as often as they have images.</summary>
    None,

    /// <summary>A class of n of N images weighs N / (classes · n), so that all classes count alike. A class without images weighs 1.</summary>
    Balanced,

    /// <summary>The weights are <see cref="TrainingOptions.ClassWeights"/>.</summary>
    Given,
}
