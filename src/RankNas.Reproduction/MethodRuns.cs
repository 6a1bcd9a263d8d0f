using MathNet.Numerics.Random;
using RankNas.Initialization;
using RankNas.NatsBench;
using RankNas.NatsBench.Accuracies;

namespace RankNas.Reproduction;

/// <summary>Runs a search method with several seeds and looks up, once each run is over, what its result is worth.</summary>
public static class MethodRuns
{
    /// <summary>Runs a training-free search; the seeds are 0, 1, ….</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="createSearch">Makes the search of a seed.</param>
    /// <param name="benchmark">The accuracies of the results.</param>
    /// <param name="runs">How many runs, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">The benchmark does not have a result.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<MethodOutcome> RunAsync(
        string method, Func<int, NasExperiment> createSearch, IAccuracyBenchmark benchmark, int runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(createSearch);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var ended = new List<(Architecture Best, int Evaluations, double Seconds)>();
        for (int seed = 0; seed < runs; seed++)
        {
            SearchResult result = await createSearch(seed).RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            ended.Add((result.Best.Architecture, result.Evaluations, result.History.Sum(evaluated => evaluated.Seconds)));
        }

        return Summarize(method, benchmark, ended);
    }

    /// <summary>Runs a training-based search; the seeds are 0, 1, ….</summary>
    /// <param name="search">The search.</param>
    /// <param name="space">The space.</param>
    /// <param name="train">What a short training brings: all that the search sees.</param>
    /// <param name="budget">How many seconds of training a run has.</param>
    /// <param name="benchmark">The accuracies of the results.</param>
    /// <param name="runs">How many runs, at least 1.</param>
    /// <param name="trainFor">What a training of fewer epochs brings; null if that is not known.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">The benchmark does not have a result.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<MethodOutcome> RunAsync(
        ITrainingBasedSearch search,
        ISearchSpace space,
        Func<Architecture, TrainingOutcome> train,
        double budget,
        IAccuracyBenchmark benchmark,
        int runs,
        Func<Architecture, int, TrainingOutcome>? trainFor = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var ended = new List<(Architecture Best, int Evaluations, double Seconds)>();
        for (int seed = 0; seed < runs; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long stream = StableSeed.Derive(seed, "training-based", search.Id);
            var training = new SimulatedTraining(space, train, budget, new Xoshiro256StarStar((int)(stream & int.MaxValue), threadSafe: false))
            {
                TrainFor = trainFor,
            };
            await search.SearchAsync(training, cancellationToken).ConfigureAwait(false);
            ended.Add((training.Best!, training.Trainings, training.Seconds));
        }

        return Summarize(search.Id, benchmark, ended);
    }

    private static MethodOutcome Summarize(
        string method, IAccuracyBenchmark benchmark, List<(Architecture Best, int Evaluations, double Seconds)> ended)
    {
        IReadOnlyDictionary<string, Accuracy>[] found = [.. ended.Select(run => benchmark.FindComplete(run.Best)
            ?? throw new InvalidDataException($"The benchmark does not have {run.Best}, the result of '{method}'."))];
        return new MethodOutcome(
            method,
            ended.Count,
            ended.Average(run => run.Evaluations),
            ended.Average(run => run.Seconds),
            benchmark.DataSets.ToDictionary(dataSet => dataSet, dataSet => AccuracySummary.Of([.. found.Select(accuracies => accuracies[dataSet])])));
    }
}
