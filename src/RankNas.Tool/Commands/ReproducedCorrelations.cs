using RankNas.Evaluation;
using RankNas.Strategies;

namespace RankNas.Tool.Commands;

/// <summary>The paper's Table 1: the correlations over a whole space and, beside them, over samples as the paper's authors draw them.</summary>
internal sealed record ReproducedCorrelations(Func<int, NasBuilder> CreateBuilder, ISearchSpace Space, IAccuracyBenchmark Accuracies)
{
    // The paper's three with their rank sum, and then every other one alone.
    private static readonly IReadOnlyList<string>[] Groups = [ProxyOption.Paper, [.. ProxyOption.Quick.Except(ProxyOption.Paper)]];

    /// <summary>Gets the number of sets of weights and images.</summary>
    public int Initialisations { get; init; } = 1;

    /// <summary>Gets the number of bootstrap draws.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Gets how many architectures a sample of the authors' has; null without such samples.</summary>
    public int? Sample { get; init; }

    /// <summary>Gets how many samples there are; they take the sets by turns.</summary>
    public int Runs { get; init; } = 30;

    /// <exception cref="OperationCanceledException">It was cancelled: a figure of part of it would mislead.</exception>
    public async Task<CorrelationOutput> RunAsync(CancellationToken cancellationToken)
    {
        var whole = new List<CorrelationReport>();
        SearchResult? first = null;
        for (int initialisation = 0; initialisation < Initialisations; initialisation++)
        {
            (SearchResult result, CorrelationReport report) = await CorrelateAsync(
                initialisation, new ExhaustiveSearch(), WholeSpace.BudgetOf(Space), Initialisations == 1 ? Draws : 1, cancellationToken).ConfigureAwait(false);
            first ??= result;
            whole.Add(report);
        }

        var samples = new List<CorrelationReport>();
        for (int run = 0; Sample is not null && run < Runs; run++)
        {
            IReadOnlyList<Architecture> drawn = SamplingOptions.Draw(Space, Sample.Value, run);
            (_, CorrelationReport report) = await CorrelateAsync(
                run % Initialisations, new GivenArchitectures(drawn), drawn.Count, draws: 1, cancellationToken).ConfigureAwait(false);
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
        int initialisation, ISearchStrategy strategy, int budget, int draws, CancellationToken cancellationToken)
    {
        var reports = new List<CorrelationReport>();
        SearchResult? last = null;
        foreach (IReadOnlyList<string> ids in Groups)
        {
            NasBuilder builder = CreateBuilder(initialisation).UseStrategy(strategy).WithBudget(budget).AddProxies(ProxyOption.Resolve(null, ids));
            last = await builder.Build().RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            reports.Add(ScoreCorrelations.Of(last, Accuracies, draws, cancellationToken));
        }

        CorrelationReport paper = reports[0];
        IEnumerable<ScoreCorrelation> others = reports[1].Correlations.Where(correlation => correlation.Score != last!.Aggregator);
        return (last!, new CorrelationReport(paper.Architectures, [.. paper.Correlations, .. others]));
    }
}
