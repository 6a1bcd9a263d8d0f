using MathNet.Numerics.Random;
using RankNas.Initialization;
using RankNas.NatsBench;
using RankNas.NatsBench.Accuracies;

namespace RankNas.Reproduction;

/// <summary>Runs a search method with several seeds and looks up, once each run is over, what its result is worth.</summary>
public static class MethodRuns
{
    /// <summary>Runs a training-free search; the strategy's seeds are 0, 1, ….</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="createSearch">Makes the search of a run.</param>
    /// <param name="benchmark">The accuracies of the results.</param>
    /// <param name="runs">How many runs, at least 1.</param>
    /// <param name="initialisations">Over how many sets of weights and images the runs are spread by turns, from 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">The benchmark does not have a result.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<MethodOutcome> RunAsync(
        string method,
        Func<RunSeeds, NasExperiment> createSearch,
        IAccuracyBenchmark benchmark,
        int runs,
        int initialisations = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(createSearch);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(initialisations, 1);
        var ended = new List<MethodRun>();
        for (int seed = 0; seed < runs; seed++)
        {
            var seeds = new RunSeeds(seed, seed % initialisations);
            SearchResult result = await createSearch(seeds).RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            ended.Add(Judge(
                method, benchmark, seeds, result.Best.Architecture, result.Evaluations, result.History.Sum(evaluated => evaluated.Seconds)));
        }

        return Summarize(method, benchmark, ended);
    }

    /// <summary>Prunes supernets; the seeds are 0, 1, ….</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="prune">Does a run.</param>
    /// <param name="benchmark">The accuracies of the results.</param>
    /// <param name="runs">How many runs, at least 1. Each has weights and images of its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">The benchmark does not have a result.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<MethodOutcome> RunAsync(
        string method, Func<RunSeeds, PruningOutcome> prune, IAccuracyBenchmark benchmark, int runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prune);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var ended = new List<MethodRun>();
        for (int seed = 0; seed < runs; seed++)
        {
            var seeds = new RunSeeds(seed, seed);
            PruningOutcome outcome = await Task.Run(() => prune(seeds), cancellationToken).ConfigureAwait(false);
            ended.Add(Judge(method, benchmark, seeds, outcome.Architecture, outcome.Evaluations, outcome.Seconds));
        }

        return Summarize(method, benchmark, ended);
    }

    /// <summary>Runs a training-based search; the seeds are 0, 1, ….</summary>
    /// <param name="searches">The search; if it looks at scores, one for each set of weights and images, which the runs take by turns.</param>
    /// <param name="space">The space.</param>
    /// <param name="train">What a short training brings: all that the search sees.</param>
    /// <param name="budget">How many seconds of training a run has.</param>
    /// <param name="benchmark">The accuracies of the results.</param>
    /// <param name="runs">How many runs, at least 1.</param>
    /// <param name="trainFor">What a training of fewer epochs brings; null if that is not known.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">There is no search.</exception>
    /// <exception cref="InvalidDataException">The benchmark does not have a result.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<MethodOutcome> RunAsync(
        IReadOnlyList<ITrainingBasedSearch> searches,
        ISearchSpace space,
        Func<Architecture, TrainingOutcome> train,
        double budget,
        IAccuracyBenchmark benchmark,
        int runs,
        Func<Architecture, int, TrainingOutcome>? trainFor = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searches);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        if (searches.Count == 0)
        {
            throw new ArgumentException("There is no search to run.", nameof(searches));
        }

        string method = searches[0].Id;
        var ended = new List<MethodRun>();
        for (int seed = 0; seed < runs; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seeds = new RunSeeds(seed, seed % searches.Count);
            long stream = StableSeed.Derive(seed, "training-based", method);
            var training = new SimulatedTraining(space, train, budget, new Xoshiro256StarStar((int)(stream & int.MaxValue), threadSafe: false))
            {
                TrainFor = trainFor,
            };
            await searches[seeds.Initialisation].SearchAsync(training, cancellationToken).ConfigureAwait(false);
            ended.Add(Judge(method, benchmark, seeds, training.Best!, training.Trainings, training.Seconds));
        }

        return Summarize(method, benchmark, ended);
    }

    private static MethodRun Judge(string method, IAccuracyBenchmark benchmark, RunSeeds seeds, Architecture best, int evaluations, double seconds) =>
        new(seeds, best, evaluations, seconds, benchmark.FindComplete(best)
            ?? throw new InvalidDataException($"The benchmark does not have {best}, the result of '{method}'."));

    private static MethodOutcome Summarize(string method, IAccuracyBenchmark benchmark, List<MethodRun> ended) => new(
        method,
        ended.Count,
        ended.Average(run => run.Evaluations),
        ended.Average(run => run.Seconds),
        benchmark.DataSets.ToDictionary(dataSet => dataSet, dataSet => AccuracySummary.Of(dataSet, ended)))
    {
        Results = [.. ended],
    };
}
