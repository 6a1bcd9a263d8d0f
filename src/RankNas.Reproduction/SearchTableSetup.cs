using RankNas.Images;
using RankNas.NatsBench;

namespace RankNas.Reproduction;

/// <summary>What a reproduction of the paper's Table 2 or 3 rests on.</summary>
public sealed record SearchTableSetup
{
    /// <summary>The paper's budget for training-based searches, in seconds of training.</summary>
    public const double TrainingSeconds = 12_000;

    /// <summary>Gets what makes a builder with space, images, seed and store for an initialisation, from 0; proxies, strategy and budget are set here.</summary>
    public required Func<int, NasBuilder> CreateBuilder { get; init; }

    /// <summary>Gets the number of initialisations: sets of weights and images, which runs take by turns.</summary>
    /// <value>The default is 1: runs differ in the strategy's seed alone.</value>
    public int Initialisations { get; init; } = 1;

    /// <summary>Gets the space.</summary>
    public required ISearchSpace Space { get; init; }

    /// <summary>Gets the accuracies of fully trained architectures, by which results are judged.</summary>
    public required IAccuracyBenchmark Benchmark { get; init; }

    /// <summary>Gets the images that <see cref="SupernetPruning"/> looks at; every run draws its own of them.</summary>
    /// <value>The default is null: that search cannot be run.</value>
    public ProbeImages? ProbeImages { get; init; }

    /// <summary>Gets what training-based searches see: a short training's accuracy and time; without it they are left out.</summary>
    /// <value>The default is null.</value>
    public Func<Architecture, TrainingOutcome>? Train { get; init; }

    /// <summary>Gets what a training of fewer epochs brings: HyperBand's brackets need it.</summary>
    /// <value>The default is null: only the accuracies of <see cref="Train"/> are known.</value>
    public Func<Architecture, int, TrainingOutcome>? TrainFor { get; init; }

    /// <summary>Gets how many runs each method has.</summary>
    /// <value>The default is 30.</value>
    public int Runs { get; init; } = 30;

    /// <summary>Gets which methods are run, of <see cref="SearchTable.Methods"/>.</summary>
    /// <value>The default is null: all but <see cref="SearchTable.TeNas"/>.</value>
    public IReadOnlyCollection<string>? Methods { get; init; }

    /// <summary>Gets how many architectures a run of a training-free search may score.</summary>
    /// <value>The default is 1,000.</value>
    public int Budget { get; init; } = 1000;
}
