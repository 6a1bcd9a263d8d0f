using RankNas.Evaluation;
using RankNas.Graphs;
using RankNas.Strategies;

namespace RankNas.Tool.Commands;

/// <summary>The paper's Table 1: the correlations over a whole space and, beside them, over samples as the paper's authors draw them.</summary>
internal sealed record ReproducedCorrelations(Func<int, NasBuilder> CreateBuilder, ISearchSpace Space, NetworkShape Shape, IAccuracyBenchmark Accuracies)
{
    // The paper's three with their rank sum, the recommended ones by theirs, and every other one alone.
    private static readonly (string? Name, IReadOnlyList<string> Ids, IRankAggregator Aggregator)[] Groups =
    [
        (null, ProxyOption.Paper, new RankSum()),
        ("recommended", ProxyOption.Recommended, new RankSum()),
        .. ProxyOption.Quick.Except(ProxyOption.Paper).Select(id => ((string?, IReadOnlyList<string>, IRankAggregator))("", [id], new RankSum())),
    ];

    /// <summary>Gets the number of sets of weights and images.</summary>
    public int Initialisations { get; init; } = 1;

    /// <summary>Gets whether architectures that build the same network are scored once, and share the scores.</summary>
    public bool EqualGraphsAsOne { get; init; }

    /// <summary>Gets the number of bootstrap draws.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Gets how many architectures a sample of the authors' has; null without such samples.</summary>
    public int? Sample { get; init; }

    /// <summary>Gets how many samples there are; they take the sets by turns.</summary>
    public int Runs { get; init; } = 30;

    /// <exception cref="OperationCanceledException">It was cancelled: a figure of part of it would mislead.</exception>
    public async Task<CorrelationOutput> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Architecture> all = WholeSpace.ViableOf(Space);
        var whole = new List<CorrelationReport>();
        SearchResult? first = null;
        for (int initialisation = 0; initialisation < Initialisations; initialisation++)
        {
            (SearchResult result, CorrelationReport report) = await CorrelateAsync(
                initialisation, all, Initialisations == 1 ? Draws : 1, cancellationToken).ConfigureAwait(false);
            first ??= result;
            whole.Add(report);
        }

        var samples = new List<CorrelationReport>();
        for (int run = 0; Sample is not null && run < Runs; run++)
        {
            IReadOnlyList<Architecture> drawn = SamplingOptions.Draw(Space, Sample.Value, run);
            (_, CorrelationReport report) = await CorrelateAsync(
                run % Initialisations, drawn, draws: 1, cancellationToken).ConfigureAwait(false);
            samples.Add(report);
        }

        return CorrelationOutput.Of(first!, ScoreCorrelations.MeanOf(whole), samples.Count > 0 ? ScoreCorrelations.MeanOf(samples) : null) with
        {
            MeansOver = Initialisations == 1 ? null : $"{Initialisations} initialisations, which differ in weights and images",
            AuthorsSampling = Sample is null ? null : string.Create(
                CultureInfo.InvariantCulture, $"means over {Runs:N0} draws of {Sample:N0} architectures as the paper's authors draw them, which have more paths than uniform ones"),
        };
    }

    private async Task<(SearchResult Result, CorrelationReport Report)> CorrelateAsync(
        int initialisation, IReadOnlyList<Architecture> architectures, int draws, CancellationToken cancellationToken)
    {
        NasExperiment search = CreateBuilder(initialisation)
            .UseStrategy(new GivenArchitectures(architectures))
            .WithBudget(architectures.Count)
            .TreatEqualGraphsAsOne(EqualGraphsAsOne)
            .AddProxies(ProxyOption.Resolve(null, ProxyOption.Quick))
            .Build();
        SearchResult result = await search.RunAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (EqualGraphsAsOne)
        {
            result = result.SharedAmong(architectures, Space, Shape, new RankSum());
        }

        var correlations = new List<ScoreCorrelation>();
        int count = 0;
        foreach ((string? name, IReadOnlyList<string> ids, IRankAggregator aggregator) in Groups)
        {
            CorrelationReport report = ScoreCorrelations.Of(result.RankedBy(ids, aggregator), Accuracies, draws, cancellationToken);
            count = report.Architectures;
            correlations.AddRange(name switch
            {
                null => report.Correlations,
                "" => report.Correlations.Where(correlation => !IsCombined(correlation)),
                _ => report.Correlations.Where(IsCombined).Select(correlation => correlation with { Score = name }),
            });

            bool IsCombined(ScoreCorrelation correlation) => correlation.Score == aggregator.Id;
        }

        return (result, new CorrelationReport(count, [.. correlations]));
    }
}
