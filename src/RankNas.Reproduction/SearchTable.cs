using System.Runtime.CompilerServices;
using RankNas.Proxies;

namespace RankNas.Reproduction;

/// <summary>The paper's Tables 2 and 3: each search method over several seeds, judged by accuracies once it is over.</summary>
public static class SearchTable
{
    private static readonly (string Method, Action<NasBuilder> Configure)[] TrainingFree =
    [
        ("rs-noise-immunity", builder => builder.AddNoiseImmunity(NoiseImmunityForm.Complexity).UseRandomSearch()),
        ("rs-naswot", builder => builder.AddNaswot().UseRandomSearch()),
        ("rs-logsynflow", builder => builder.AddLogSynFlow().UseRandomSearch()),
        ("rs-rank", builder => builder.UsePaper().UseRandomSearch()),
        ("ga-rank", builder => builder.UsePaper().UseGeneticSearch()),
        ("sa-rank", builder => builder.UsePaper()),
        ("recommended", builder => builder.UseRecommended()),
    ];

    /// <summary>The name of <see cref="SupernetPruning"/>, which takes minutes a run and is run only where it is named.</summary>
    public const string TeNas = "te-nas";

    private static readonly string[] TrainingBased = ["rs", "rea", "area", "reinforce", "bohb"];

    /// <summary>Gets the names of all methods: the training-free ones, and then those that train.</summary>
    public static IReadOnlyList<string> Methods { get; } = [.. TrainingFree.Select(one => one.Method), TeNas, .. TrainingBased];

    /// <summary>Runs the methods one after the other.</summary>
    /// <param name="setup">What the table rests on.</param>
    /// <param name="cancellationToken">Cancels; rows given before stand.</param>
    /// <returns>A row for each method, as it is done.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async IAsyncEnumerable<MethodOutcome> RunAsync(
        SearchTableSetup setup, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        foreach ((string method, Action<NasBuilder> configure) in TrainingFree.Where(one => IsWanted(one.Method)))
        {
            yield return await MethodRuns.RunAsync(
                method, seeds => CreateSearch(setup, configure, seeds), setup.Benchmark, setup.Runs, setup.Initialisations, cancellationToken)
                .ConfigureAwait(false);
        }

        if (setup.Methods?.Contains(TeNas) == true)
        {
            yield return await MethodRuns.RunAsync(TeNas, seeds => Prune(setup, seeds, cancellationToken), setup.Benchmark, setup.Runs, cancellationToken).ConfigureAwait(false);
        }

        if (setup.Train is null || !TrainingBased.Any(IsWanted))
        {
            yield break;
        }

        ArchitectureScorer[] scorers =
            [.. Enumerable.Range(0, setup.Initialisations).Select(initialisation => setup.CreateBuilder(initialisation).AddNaswot().BuildScorer())];
        try
        {
            foreach (ITrainingBasedSearch[] searches in (ITrainingBasedSearch[][])
            [
                [new RandomTraining()],
                [new RegularizedEvolution()],
                [.. scorers.Select(naswot => new AssistedEvolution(naswot))],
                [new Reinforce()],
                [new Bohb()],
            ])
            {
                if (!IsWanted(searches[0].Id))
                {
                    continue;
                }

                yield return await MethodRuns.RunAsync(
                    searches, setup.Space, setup.Train, SearchTableSetup.TrainingSeconds, setup.Benchmark, setup.Runs, setup.TrainFor, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (ArchitectureScorer naswot in scorers)
            {
                await naswot.DisposeAsync().ConfigureAwait(false);
            }
        }

        bool IsWanted(string method) => setup.Methods is not { Count: > 0 } wanted || wanted.Contains(method);
    }

    private static PruningOutcome Prune(SearchTableSetup setup, RunSeeds seeds, CancellationToken cancellationToken) =>
        setup is { Space: NatsTopologySpace space, ProbeImages: { } images }
            ? new SupernetPruning(space, images).Search(seeds.Strategy, cancellationToken)
            : throw new ArgumentException($"{TeNas} prunes the topology space by images: give that space and {nameof(SearchTableSetup.ProbeImages)}.", nameof(setup));

    private static NasExperiment CreateSearch(SearchTableSetup setup, Action<NasBuilder> configure, RunSeeds seeds)
    {
        NasBuilder builder = setup.CreateBuilder(seeds.Initialisation);
        configure(builder);
        return builder.WithBudget(setup.Budget).WithStrategySeed(seeds.Strategy).Build();
    }
}
