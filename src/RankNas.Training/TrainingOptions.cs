using RankNas.Torch;

namespace RankNas.Training;

/// <summary>How a network is trained. The defaults are those that CIFAR-10 is usually trained by.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets how often training goes through the images.</summary>
    /// <value>100. At least 1.</value>
    public int Epochs { get; init; } = 100;

    /// <summary>Gets how many images each step takes. A last batch of a single image is merged into the one before it, as BatchNorm cannot use it.</summary>
    /// <value>128. At least 2; more than there are images is the same as all of them.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>Gets the seed of order and augmentation. The weights that the network has are where training starts.</summary>
    /// <value>0.</value>
    public long Seed { get; init; }

    /// <summary>Gets which rule changes the weights.</summary>
    /// <value><see cref="OptimizerKind.Sgd"/>.</value>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Gets the highest learning rate, which is reached after the warm-up.</summary>
    /// <value>Null: 0.1 for SGD, 0.001 for AdamW. Greater than 0.</value>
    public double? LearningRate { get; init; }

    /// <summary>Gets the momentum of SGD.</summary>
    /// <value>0.9. From 0 to below 1.</value>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Gets whether SGD's momentum is Nesterov's.</summary>
    /// <value>True. It needs a momentum above 0.</value>
    public bool Nesterov { get; init; } = true;

    /// <summary>Gets the share that AdamW's mean of gradients keeps in a step.</summary>
    /// <value>0.9. From 0 to below 1.</value>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Gets the share that AdamW's mean of squared gradients keeps in a step.</summary>
    /// <value>0.999. From 0 to below 1.</value>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Gets what AdamW adds to the denominator.</summary>
    /// <value>1e-8. Greater than 0.</value>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Gets the weight decay.</summary>
    /// <value>Null: 5e-4 for SGD, where it is a part of the gradient; 0.05 for AdamW, where it is decoupled. At least 0.</value>
    public double? WeightDecay { get; init; }

    /// <summary>Gets whether normalisation layers' weights and all biases decay too: those are the parameters of one dimension.</summary>
    /// <value>True, as PyTorch's optimisers do by default.</value>
    public bool DecayNormalizationAndBias { get; init; } = true;

    /// <summary>Gets how the learning rate changes after the warm-up.</summary>
    /// <value><see cref="ScheduleKind.Cosine"/>.</value>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Gets over how many epochs the learning rate rises linearly from near 0; fractions are allowed.</summary>
    /// <value>0. At least 0, and less than <see cref="Epochs"/>.</value>
    public double WarmupEpochs { get; init; }

    /// <summary>Gets where the cosine ends, as a share of <see cref="LearningRate"/>.</summary>
    /// <value>0. From 0 to 1.</value>
    public double FinalLearningRate { get; init; }

    /// <summary>Gets the epochs, from 0, at whose start the step schedule changes the rate.</summary>
    /// <value>None. Ascending, each at least 1.</value>
    public ImmutableArray<int> StepEpochs { get; init; } = [];

    /// <summary>Gets what the step schedule multiplies the rate by.</summary>
    /// <value>0.1. Greater than 0, at most 1.</value>
    public double StepFactor { get; init; } = 0.1;

    /// <summary>Gets the share of each target that is spread over all classes (Szegedy et al., 2016, section 7).</summary>
    /// <value>0. From 0 to below 1; 0.1 is usual.</value>
    public double LabelSmoothing { get; init; }

    /// <summary>Gets what the loss multiplies images of each class by.</summary>
    /// <value><see cref="ClassWeighting.None"/>.</value>
    public ClassWeighting ClassWeighting { get; init; } = ClassWeighting.None;

    /// <summary>Gets the weights for <see cref="ClassWeighting.Given"/>, one for each class.</summary>
    /// <value>None. At least 0, not all 0.</value>
    public ImmutableArray<double> ClassWeights { get; init; } = [];

    /// <summary>Gets the largest norm of all gradients together; larger ones are scaled down to it.</summary>
    /// <value>Null: gradients are not clipped. Greater than 0.</value>
    public double? MaxGradientNorm { get; init; }

    /// <summary>Gets how training images are changed at random.</summary>
    /// <value>Crops and flips.</value>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Gets the share that an exponential moving average of the weights keeps in a step. With one, validation and the result use the average.</summary>
    /// <remarks>After t steps at most (1 + t) / (10 + t) is kept, so that the first weights are soon forgotten. BatchNorm's running statistics are averaged in the same way.</remarks>
    /// <value>Null: no average. Greater than 0, less than 1; 0.999 is usual.</value>
    public double? AverageDecay { get; init; }

    /// <summary>Gets by which figure of the validation images the best epoch is chosen.</summary>
    /// <value><see cref="SelectionMetric.Accuracy"/>.</value>
    public SelectionMetric SelectBy { get; init; } = SelectionMetric.Accuracy;

    /// <summary>Gets whether the network ends with the weights of its best epoch. Without it, and without validation images, it ends with the last ones.</summary>
    /// <value>True. Choose false where the validation images are test images, which may not choose anything.</value>
    public bool KeepBest { get; init; } = true;

    /// <summary>Gets after how many epochs without improvement training stops. It needs validation images.</summary>
    /// <value>Null: it does not. At least 1.</value>
    public int? Patience { get; init; }

    /// <summary>Gets how long training may take, resumed parts included.</summary>
    /// <remarks>
    /// After the first epoch, the number of epochs is fitted to what remains, with 5 % to spare, so that the schedule ends in time. The checkpoint contains
    /// the fitted number. If epochs get slower, training stops at the limit with the best weights so far.
    /// </remarks>
    /// <value>Null: as long as it takes. Greater than 0.</value>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Gets where the network is trained.</summary>
    /// <value>The CPU.</value>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Gets whether a GPU computes in bfloat16: convolutions and products, while weights, BatchNorm, optimiser and loss stay in float32.</summary>
    /// <value>False. It has no effect on the CPU.</value>
    public bool MixedPrecision { get; init; }

    /// <summary>Gets the file that training is resumed from if it exists, and that is replaced after every epoch and when training is cancelled.</summary>
    /// <value>Null: nothing is saved. A path in a folder that exists.</value>
    public string? CheckpointFile { get; init; }

    /// <summary>Gets how often the checkpoint is saved within an epoch too.</summary>
    /// <value>Null: only after epochs. Greater than 0.</value>
    public TimeSpan? CheckpointInterval { get; init; }

    internal double HighestRate => LearningRate ?? (Optimizer == OptimizerKind.Sgd ? 0.1 : 1e-3);

    internal double Decay => WeightDecay ?? (Optimizer == OptimizerKind.Sgd ? 5e-4 : 0.05);

    // Tests run the GPU's arithmetic on the CPU.
    internal bool MixesPrecisionOnCpu { get; init; }

    internal bool Mixes => MixesPrecisionOnCpu || (MixedPrecision && !Device.IsCpu);
}
